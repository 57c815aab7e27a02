"""Words for acts, as exports and fact-checkers' own tables write them, and the action that each one is.

A word counts in any case, with or without accents, a note in brackets or a full stop behind it. What is in no list is
no action: it is listed with the rows it stands in, and never guessed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import polars as pl

from forensics import schema
from forensics.errors import InputFileError
from forensics.loaders.normalising.cell_values import once_each

_OF_PROGRAMS = {
    **{action: action for action in schema.ACTION.categories},
    **dict.fromkeys(("tweet", "original", "publish", "upload", "submission", "message", "status", "video"), "post"),
    **dict.fromkeys(("add_chat_item", "text_message", "chat_message", "paid_message"), "post"),
    **dict.fromkeys(
        ("retweet", "retweeted", "rt", "share", "reshare", "boost", "reblog", "forward", "renote"), "repost"
    ),
    **dict.fromkeys(("quoted", "quote_tweet", "quotetweet", "quote_post"), "quote"),
    **dict.fromkeys(("replied_to", "replied", "answer", "response"), "reply"),
    **dict.fromkeys(("favorite", "favourite", "fav", "reaction", "react", "upvote", "heart", "liked"), "like"),
    **dict.fromkeys(("followed", "subscribe", "subscription"), "follow"),
    **dict.fromkeys(("rating", "review", "vote", "star"), "rate"),
    **dict.fromkeys(("commented", "comment_reply"), "comment"),
    **dict.fromkeys(("viewed", "watch", "play", "impression"), "view"),
    **dict.fromkeys(("joined", "member"), "join"),
    **dict.fromkeys(("mention", "mentions"), "post"),
    "mentionsinretweet": "repost",
    "mentionsinquote": "quote",
    "mentionsinreplyto": "reply",
}
"""The words of programs; a mention is made in a post of one's own, NodeXL's others in a retweet or a quote."""

_OF_PEOPLE = {
    "post": """
        posted posts posting tweeted published wrote a_publié publié publie publier publication a_posté posté tweeté
        publicó publicado publicar publicación publica posteó tuiteó subió postou postagem publicou publicação postar
        tuitou beitrag gepostet veröffentlicht getwittert hochgeladen ha_pubblicato pubblicato pubblica post_originale
        نشر نشرت منشور تغريدة غرد पोस्ट पोस्ट_किया लिखा प्रकाशित postingan memposting unggah mengunggah unggahan
        gönderi gönderdi paylaşım_yaptı yazdı tweet_attı пост запись опубликовал опубликовала опубликовали публикация
        допис опублікував опублікувала публікація wpis opublikował opublikowała opublikowano příspěvek zveřejnil
        postare a_postat postat a_publicat publicat bejegyzés posztolt közzétett ανάρτηση δημοσίευση δημοσίευσε
        objava objavio geplaatst plaatste bericht kuchapisha amechapisha alichapisha chapisho đăng đăng_bài bài_đăng
        โพสต์ 发布 发帖 发文 發文 貼文 投稿 ツイート 게시 게시물 작성 پست منتشر_کرد פרסם פוסט פרסום পোস্ট
    """,
    "repost": """
        shared shares sharing amplified amplifié reposted reposts retweets boosted forwarded forwards forwarding
        reshared passed_on partage partagé a_partagé partager repartagé relayé a_relayé retweeté compartió
        compartido compartir comparte retuiteó retuit rt_compartió reenvió reenviado compartilhou compartilhado
        compartilhamento compartilhar compart repostou retuitou encaminhou encaminhado partilhou partilha
        geteilt teilt teilen weitergeleitet retweetet repostet ha_condiviso condiviso condivisione condivide
        inoltrato ritwittato مشاركة شارك شاركت إعادة_نشر أعاد_النشر إعادة_تغريد रीट्वीट शेयर शेयर_किया साझा
        साझा_किया फॉरवर्ड फ़ॉरवर्ड रीपोस्ट membagikan bagikan dibagikan berbagi meneruskan diteruskan sebar
        menyebarkan paylaştı paylaşım paylaş retweetledi yeniden_paylaştı iletti репост репоста репостнул
        репостнула сделал_репост поделился поделилась переслал переслала ретвит поширення поширив поширила
        репостнув переслав ретвіт udostępnił udostępniła udostępnienie udostępnienia udostępniony udostępniono
        podał_dalej sdílel sdílení sdíleno distribuire a_distribuit distribuit redistribuit share_uit megosztás
        megosztotta megosztott κοινοποίηση κοινοποίησε podijelio podelio dijeljenje gedeeld deelde kusambaza
        amesambaza alisambaza kushiriki chia_sẻ đã_chia_sẻ đăng_lại แชร์ รีทวีต 转发 轉發 分享 转推 シェア
        リツイート 拡散 공유 리트윗 리포스트 بازنشر اشتراک‌گذاری همرسانی שיתוף שיתף ריטוויט শেয়ার শেয়ার
    """,
    "quote": """
        quotes quoting cité a_cité citation citó citado cita citou citação zitiert zitat ha_citato citato citazione
        اقتباس kutip mengutip kutipan alıntı alıntıladı цитата процитировал процитировала процитував cytat
        zacytował citace citare a_citat idézet geciteerd trích_dẫn 引用 인용 ציטוט
    """,
    "reply": """
        replies replies_to reply_to replying answered answers réponse a_répondu répondu respuesta respondió respondido
        responder resposta respondeu antwort geantwortet antwortet risposta ha_risposto risposto رد رد_على ردّ जवाब
        उत्तर जवाब_दिया balasan membalas balas yanıt yanıtladı cevap cevapladı ответ ответил ответила відповідь
        відповів відповіла odpowiedź odpowiedział odpowiedziała odpověď odpověděl răspuns a_răspuns válasz válaszolt
        απάντηση απάντησε odgovor odgovorio antwoord antwoordde beantwoord kujibu amejibu alijibu trả_lời ตอบ ตอบกลับ
        回复 回覆 返信 リプライ 답글 답장 پاسخ תגובה_לתגובה השיב উত্তর
    """,
    "comment": """
        comments commenting a_commenté commenté commentaire commenter comentó comentado comentario comentar comentou
        comentário kommentiert kommentar kommentierte ha_commentato commentato commento تعليق علق علّق टिप्पणी कमेंट
        टिप्पणी_की komentar berkomentar mengomentari komen yorum yorum_yaptı yorumladı комментарий комментировал
        прокомментировал прокомментировала коммент коментар прокоментував прокоментувала komentarz skomentował
        skomentowała komentář komentoval comentariu comentat a_comentat comentarii hozzászólás komment kommentelt
        σχόλιο σχολίασε komentirao reactie reageerde gereageerd kutoa_maoni maoni ametoa_maoni alitoa_maoni bình_luận
        คอมเมนต์ ความคิดเห็น 评论 留言 評論 コメント 댓글 코멘트 نظر کامنت نظر_داد תגובה הגיב মন্তব্য
    """,
    "like": """
        likes liking hearted upvoted j_aime aime a_aimé aimé aimée liké a_liké like_donné me_gusta le_gustó
        dio_like dio_me_gusta curtiu curtida curtido curtir gostou gefällt_mir gefällt gelikt geliked geliket
        mi_piace ha_messo_mi_piace إعجاب أعجب أعجبه लाइक लाइक_किया पसंद पसंद_किया suka menyukai disukai beğeni
        beğendi beğen beğenilen лайк лайкнул лайкнула понравилось поставил_лайк вподобання вподобав вподобала
        вподобайка polubienie polubił polubiła polubiono polubiony polubione líbí_se to_se_mi_líbí apreciere
        a_apreciat apreciat kedvelés lájk lájkolta kedvelte μου_αρέσει sviđanje lajk lajkovao vind_ik_leuk leuk
        kupenda amependa alipenda thích đã_thích ถูกใจ ไลค์ 点赞 讚 按讚 赞 いいね 좋아요 پسند پسندیدن לייק אהב
        লাইক
    """,
    "follow": """
        follows following subscribed abonné s_est_abonné abonnement a_suivi suit suivi sigue siguió seguir seguido
        se_suscribió seguiu segue inscreveu_se gefolgt folgt abonniert segue_ora ha_seguito متابعة تابع फॉलो फ़ॉलो
        फॉलो_किया mengikuti ikuti takip takip_etti takibe_aldı подписка подписался подписалась подписан підписка
        підписався підписалася obserwuje zaobserwował obserwacja sleduje urmărește a_urmărit urmărire követés követte
        ακολούθησε volgt gevolgd kufuata amefuata alifuata theo_dõi ติดตาม 关注 關注 追蹤 フォロー 팔로우 دنبال_کرد
        עקב מעקב অনুসরণ
    """,
    "join": """
        joins membre miembro membro mitglied członek üye anggota участник учасник عضو सदस्य вступления вступу
        a_rejoint rejoint se_unió unió entrou ingressou beigetreten beitritt iscritto dołączył dołączyła katıldı
        вступил вступила вступив вступила приєднався приєдналася bergabung alijiunga amejiunga انضم शामिल
        शामिल_हुए
    """,
    "rate": """
        rated ratings reviewed voted noté a_noté note_donnée avis calificó valoró reseña avaliou avaliação bewertet
        bewertung ha_valutato recensione تقييم قيم रेटिंग समीक्षा menilai ulasan oyladı puanladı değerlendirdi оценил
        оценила отзыв оцінив оцінила відгук ocenił oceniła recenzja ocena hodnocení recenzie a_evaluat értékelés
        评分 评价 レビュー 評価 평가 리뷰
    """,
}
"""The words of people, in the languages of ``header_names``: nouns, infinitives and pasts."""

_OF_KINDS = frozenset(
    [
        *("video", "status", "message", "original", "upload", "submission", "star", "member", "play", "watch"),
        *("impression", "response", "reaction", "publication", "wiadomosc", "bericht"),
    ]
)
"""Words that say as often what a post is as what was done."""

_UNDIVIDED = str.maketrans({"ı": "i", "ł": "l", "ß": "ss", "ø": "o", "đ": "d"})


def _plain(word: str) -> str:
    """Return a word as ``_plain_words`` makes it."""
    parts = unicodedata.normalize("NFKD", word.lower()).translate(_UNDIVIDED)
    return "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")


ACTION_WORDS: dict[str, str] = {
    _plain(word): action for action, words in _OF_PEOPLE.items() for word in words.split()
} | _OF_PROGRAMS
"""Plain words for acts, ``_`` for a blank, and the action each one is."""


_STEM = 6
"""Letters from which a word's beginning is that word, and no other's by chance."""

_STEMS = sorted((word for word in ACTION_WORDS if len(word) >= _STEM and "_" not in word), key=len, reverse=True)
"""Words that others in a column's name may be forms of, the longest first."""


def _plain_words(column: pl.Expr) -> pl.Expr:
    """Return words in small letters, without accents, signs, or what stands in brackets; ``_`` between them."""
    plain = column.str.to_lowercase().str.normalize("NFKD")
    for letter, instead in ("ı", "i"), ("ł", "l"), ("ß", "ss"), ("ø", "o"), ("đ", "d"):
        plain = plain.str.replace_all(letter, instead, literal=True)
    for pattern, instead in ((r"\([^)]*\)|\[[^]]*\]|\p{Mn}", ""), (r"[^\p{L}\p{N}\p{Mc}\u200c]+", "_")):
        plain = plain.str.replace_all(pattern, instead)
    return plain.str.strip_chars("_")


@lru_cache(maxsize=4096)
def action_in(name: str) -> str | None:
    """Return the action that the first word for one in a column's plain name means; None where it has none.

    A word may be declined or derived: ``retweetlenen`` is a repost, ``voter`` rates.

    Args:
        name: as ``header_names.plain_name`` writes it.
    """
    for word in name.split("_"):
        forms = (word, word.removesuffix("r"), word.removesuffix("er"), *filter(word.startswith, _STEMS))
        if action := next((ACTION_WORDS[form] for form in forms if form in ACTION_WORDS), None):
            return action
    return None


def check_action(word: str) -> str:
    """Return the action that a case file's word means.

    Raises:
        InputFileError: it means none.
    """
    action = pl.select(as_action(pl.lit(word))).item()
    if not isinstance(action, str):
        raise InputFileError(
            "There is no action '{word}'. There are: {known}.", word=word, known=", ".join(schema.ACTION.categories)
        )
    return action


def as_action(column: pl.Expr) -> pl.Expr:
    """Return the action that each word means; null where it means none."""
    return once_each(column, _meant, pl.String)


def _meant(column: pl.Expr) -> pl.Expr:
    return _plain_words(column).replace_strict(ACTION_WORDS, default=None, return_dtype=pl.String)


def names_acts(values: pl.Series) -> bool:
    """Return whether some values are words for acts: few words, nearly all known, that say more than that all posted.

    Words such as ``video``, which say of what kind a post is, are none here.
    """
    values = values.drop_nulls()
    if values.len() < _FEWEST:  # first, as most columns of a wide table are empty
        return False
    words = values.to_frame("word").select(_plain_words(pl.col("word").cast(pl.String))).to_series()
    if values.cast(pl.String).str.contains(r"^\s*[#@]").any():
        return False
    if words.n_unique() > max(_FEW, words.len() // _ROWS_OF_ONE):
        return False
    known = words.filter(~words.is_in(list(_OF_KINDS))).replace_strict(ACTION_WORDS, default=None).drop_nulls()
    return known.len() >= _NEARLY_ALL * words.len() and bool((known != "post").any())


_FEWEST = 3
"""Values from which they say what a column holds."""

_FEW, _ROWS_OF_ONE = 4, 3
"""Different words that a column of acts may have: so many, or one for each so many rows."""

_NEARLY_ALL = 0.8
"""Share of the values that are known words; one in five may be misspelt."""
