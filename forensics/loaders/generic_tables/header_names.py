"""The names by which columns are known: headers of exports and of fact-checkers' own tables, in thirty languages.

Each name is one as ``plain_name`` writes it, the likeliest first. A word in front of one (``msg_from_id``) does not
hide it, unless the word says that somebody or something else is meant (``in_reply_to_user_id``).
"""

from __future__ import annotations

import re
import unicodedata

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WRAPPERS = re.compile(r"_(?:oid|date|number_?(?:long|int|double))$")
"""What MongoDB's exports put around ids, times and long numbers: ``_id.$oid``."""

_UNDIVIDED = str.maketrans({"ı": "i", "ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d"})
"""Letters that Unicode takes for whole, and their plain ones."""

# A ground truth is never guessed: no hints for "label".
_NAMES = {
    "account": """
        account_id user_id userid author_id authorid from_id actor_id account did author_did user_did account_did
        author_channel_id channel_id page_id profile_id sender_id owner_id node_id member_id commenter_id creator_id
        poster_id uid author
        username user_name user screen_name account_handle author_handle handle sender poster publisher commenter
        liker reactor retweeter reposter sharer rater
        creator reviewer_id reviewer contributor editor voter signatory signer follower_id follower
        profile_url author_url user_url account_url author_link profile_link user_link
        email email_address e_mail mail correo_electrónico correo courriel
        account_name author_name page_name channel_name profile_name author_display_name from_user nickname profile
        channel page from_name sender_name commenter_name contributor_name
        donor_name creator_name user_text author_title reviewer_name full_name fullname display_name who
        compte utilisateur auteur nom_d_utilisateur nom_utilisateur pseudo pseudonyme nom_du_compte identifiant_compte
        chaîne usuario cuenta autor id_usuario nombre_de_usuario nombre_usuario perfil página canal autora conta
        nome_de_usuário id_do_usuário nome_do_perfil konto benutzer nutzer benutzername nutzername verfasser absender
        profil kanal seite kontoname utente autore nome_utente profilo canale pagina
        الحساب حساب المستخدم اسم_المستخدم اسم_الحساب الناشر الكاتب المؤلف الصفحة القناة
        खाता उपयोगकर्ता उपयोगकर्ता_नाम लेखक प्रोफ़ाइल यूज़र यूजर पेज चैनल
        akun pengguna nama_pengguna nama_akun penulis pengirim halaman saluran
        hesap kullanıcı kullanıcı_adı hesap_adı yazar gönderen sayfa
        аккаунт пользователь имя_пользователя автор учетная_запись отправитель страница канал
        акаунт користувач імя_користувача сторінка обліковий_запис назва_каналу назва_сторінки
        użytkownik nazwa_użytkownika uživatel účet utilizator nume_utilizator felhasználó fiók szerző
        χρήστης λογαριασμός
        συντάκτης потребител korisnik korisničko_ime nalog gebruiker gebruikersnaam auteur mtumiaji akaunti mwandishi
        người_dùng tài_khoản tác_giả ผู้ใช้ ชื่อผู้ใช้ 用户 用户名 用户id 账号 昵称 作者 使用者 帳號 ユーザー名
        ユーザー アカウント 投稿者 사용자 작성자 아이디
        کاربر نام_کاربری نویسنده משתמש שם_משתמש מחבר صارف ব্যবহারকারী vertex_1
        posted_by published_by shared_by commented_by written_by created_by sent_by publié_par posté_par publicado_por
        postado_por gepostet_von
        remetente remitente expéditeur mittente nadawca відправник seguidor hesap_sahibi किसने_भेजा
        भेजने_वाला cont conturi member membre miembro membro mitglied członek üye anggota участник
        учасник عضو सदस्य хто кто wer quién quem chi kto cine
    """,
    "time": """
        acted_at published_at posted_at timestamp created_at createdat datetime date_time time date created
        unix_timestamp timestamp_share tweet_time publish_date published create_time created_time taken_at posted
        post_date message_date sent_at publish_time publication_date pubdate pub_date comment_date review_date
        tweeted_at ts epoch when
        horodatage date_heure date_et_heure date_de_publication date_publication publié_le publié créé_le
        fecha_hora fecha_y_hora fecha_de_publicación fecha_publicación fecha publicado publicado_el creado_el
        data_hora data_e_hora data_de_publicação data_da_publicação publicado_em postado_em criado_em
        zeitstempel zeitpunkt datum_uhrzeit datum veröffentlicht veröffentlicht_am erstellt_am gepostet_am
        data_ora data_e_ora data_pubblicazione data_di_pubblicazione pubblicato_il pubblicato data
        التاريخ تاريخ تاريخ_النشر وقت_النشر التاريخ_والوقت तारीख दिनांक तिथि तारीख_और_समय
        tanggal waktu tanggal_waktu tanggal_posting tanggal_unggah tarih tarih_saat zaman yayın_tarihi paylaşım_tarihi
        дата дата_публикации дата_и_время опубликовано дата_публікації дата_і_час опубліковано
        liked_at followed_at retweeted_at reposted_at shared_at commented_at reacted_at voted_at signed_at
        subscribed_at first_seen_at first_seen
        data_publikacji data_i_godzina datum_čas dată data_publicării dátum időpont ημερομηνία
        ημερομηνία_και_ώρα vreme datum_tijd
        tarehe ngày thời_gian ngày_đăng วันที่ เวลา 发布时间 时间 日期 发表时间 發布時間 投稿日時 日時 日付
        작성일 날짜 일시 تاریخ زمان
        תאריך זמן তারিখ সময়
        when_posted at când коли когда wann quand cuándo quando ne_zaman kiedy कब متى kapan
    """,
    "hour": """
        time hour clock time_of_day heure heures hora horario horário uhrzeit zeit ora orario jam pukul saat
        время час الوقت الساعة وقت समय
        godzina czas čas hodina ora_publicării óra ώρα uur vreme giờ 时间 時刻 시간 ساعت שעה
    """,
    "acted_after": "acted_after not_yet_seen_at not_yet_seen last_not_seen_at",
    "precision": "time_precision",
    "event": "source_event",
    "context": "is_context",
    "post": """
        post_id post tweet_id tweetid message_id status_id content_id comment_id video_id item_id id_str id post_uri
        uri msg_id shortcode id_publication id_message identifiant_publication id_publicación id_mensaje
        id_da_publicação id_da_postagem beitrags_id beitrag_id id_messaggio معرف_المنشور id_postingan gönderi_id
    """,
    "text": """
        text body message content full_text tweet_text caption post_text message_text comment_text text_original
        text_display review_text review tweet post comment description snippet
        texte contenu commentaire légende publication texto contenido mensaje comentario publicación
        conteúdo mensagem legenda comentário postagem inhalt nachricht kommentar beitrag beitragstext
        testo contenuto messaggio commento النص نص المحتوى الرسالة التعليق المنشور
        पाठ संदेश टिप्पणी सामग्री पोस्ट teks isi pesan komentar konten metin içerik mesaj yorum
        текст сообщение комментарий содержание повідомлення коментар title titre título titel titolo
        treść wiadomość komentarz příspěvek zpráva mesaj_text conținut szöveg üzenet κείμενο μήνυμα poruka
        tekst bericht
        ujumbe maoni nội_dung bình_luận ข้อความ 内容 正文 评论 文本 內容 本文 投稿内容 내용 본문 متن نظر טקסט
        תוכן টেক্সট
    """,
    "object": "object_id object target_id",
    "object_kind": "object_kind target_kind",
    "action": "action action_type",
    "camp": "camp",
    "language": "language lang langue idioma língua sprache lingua اللغة भाषा bahasa dil язык мова",
    "client": "client",
    "country": "country country_code",
    "latitude": "latitude lat",
    "longitude": "longitude lon lng",
    "permalink": "permalink post_url tweet_url post_link message_url comment_url",
    "handle": "handle screen_name username",
    "name": "display_name name",
    "followers": """
        followers followers_count follower_count abonnés nombre_d_abonnés seguidores follower المتابعون عدد_المتابعين
        pengikut takipçi takipçi_sayısı подписчики підписники
    """,
    "following": "following following_count friends_count",
    "posts": "statuses_count tweet_count posts_count tweets_count media_count",
    "created": """
        account_created_at user_created_at registered_at registration_date registered joined_at join_date joined
        date_joined account_creation_date account_created user_created member_since
    """,
    "place": "user_location account_location stated_place",
    "platform_country": "platform_country",
    "captured": """
        captured_at collected_at retrieved_at captured collected scraped_at scrape_time scrape_date crawled_at
        crawl_time fetched_at query_time extracted_at snapshot_time snapshot_at snapshot polled_at colectat_la
        colectat relevé_le date_du_relevé collecté_le date_de_collecte recogido_el capturado_el fecha_de_captura
        data_da_coleta data_de_coleta coletado_em capturado_em erfasst_am gesammelt_am raccolto_il собрано зібрано
        toplandı dikumpulkan
    """,
    "likes": """
        likes like_count likes_count likecount digg_count diggcount upvotes thumbs_up_count
        num_likes n_likes number_of_likes favorite_count favorites_count favourites_count
        favorites favourites reactions reaction_count reactions_count total_reactions j_aime mentions_j_aime réactions
        me_gusta reacciones curtidas reações gefällt_mir reaktionen mi_piace reazioni الإعجابات إعجابات suka beğeni
        лайки вподобання polubienia
    """,
    "comments": """
        comments comment_count comments_count commentcount
        num_comments n_comments number_of_comments replies reply_count
        replies_count commentaires comentarios comentários kommentare commenti التعليقات تعليقات komentar yorumlar
        комментарии коментарі komentarze
    """,
    "shares": """
        shares share_count shares_count sharecount
        num_shares n_shares number_of_shares retweets retweet_count retweets_count
        reposts repost_count reposts_count reshares partages compartidos compartilhamentos geteilt condivisioni
        المشاركات مشاركات bagikan paylaşımlar репосты поширення udostępnienia
    """,
    "views": """
        views view_count views_count viewcount playcount
        num_views n_views number_of_views plays play_count video_views vues vistas
        visualizaciones visualizações aufrufe visualizzazioni المشاهدات مشاهدات tayangan görüntüleme просмотры
        перегляди wyświetlenia
    """,
    "reach": "reach portée alcance reichweite الوصول jangkauan erişim охват охоплення zasięg",
}
_OBJECT_NAMES = {
    "url": """
        url_id urls url links link expanded_url link_url shared_url shared_link lien liens enlace enlaces ligação
        链接 連結 リンク 링크 liên_kết لینک קישור odkaz kiungo collegamento clip الرابط رابط लिंक tautan bağlantı
        ссылка посилання
    """,
    "domain": "domain_id domains domain",
    "hashtag": """
        hashtag_id hashtags hashtag tags mots_dièse mot_dièse etiquetas schlagwörter الوسم هاشتاغ الهاشتاغ
        हैशटैग tagar
        话题 標籤 ハッシュタグ 해시태그 etiket etiketler хештег хештеги хэштег хэштеги
    """,
    "media": "media_id phash_id media phash image_hash",
}
_ACTED_ON = {
    "on_post": """
        parent_post_id parent_post parent_id post_shortcode shortcode post_url post_link video_url video_id thread_id
        article_id item_id post_id tweet_id link_da_postagem url_du_post note_id aweme_id media_id photo_id reel_id
        submission_id link_id which_post content_id topic_id question_id petition_id
    """,
    "on_account": """
        followed sigue_a seguido sigue segue seguindo suivi folgt takip_edilen
        vertex_2 followed_id followee followee_id following_id target_user target_user_id target_account followed_user
    """,
    "on_page": "page_title article_title",
    "on_place": "place_id",
}

REGISTERED = frozenset(("created_at", "created", "createdat", "created_utc", "created_time", "date_created"))
"""Names of a time that in a table of accounts is when they were registered."""

_ELSEWHERE = """
    reply replied retweet retweeted quote quoted mention mentions mentioned target in parent original recipient to
    referenced shared root forwarded fwd linked embedded thread conversation
"""
_LOOKED = """
    scrape scraped crawl crawled collect collected collection capture captured retrieved fetched snapshot polled
    releve collecte coleta coletado recolha captura capturado consulte erfasst erfassung abgerufen
    abruf abrufdatum abrufzeit erfassungsdatum rilevato rilevazione raccolto raccolta собрано сбора зібрано збору
    toplandi toplama dikumpulkan pengambilan
"""
_LATER = """
    updated update edited modified last join joined registered import imported download export exported query user
    account author profile birth archived indexed
"""
_PAGES = """
    profile avatar image img thumbnail picture photo icon logo banner channel author user account page group post tweet
    status comment message video source media
"""
_OF_TEXTS = """
    author auteur autor autora autore user utilisateur usuario utente date time data fecha id url link lien enlace
    count number likes
"""
OTHERS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("account", "handle", "post"), frozenset(_ELSEWHERE.split())),
    "time": frozenset((_ELSEWHERE + _LOOKED + _LATER).split()),
    "text": frozenset((_ELSEWHERE + _OF_TEXTS).split()),
    "url": frozenset((_ELSEWHERE + _PAGES).split()) - {"shared", "linked", "embedded"},
}
"""Words in front of a name by which it is of another post or account, of another moment, or no link that was shared."""

WORDS = {
    "time": frozenset(
        ("date", "time", "timestamp", "datetime", "fecha", "data", "datum", "tanggal", "tarih", "tarihi", "дата")
    ),
    "captured": frozenset(_LOOKED.split()),
}
"""Words anywhere in a name that make it one of a key, where the values are times."""

GROUPS = (
    *("group", "group_name", "group_title", "group_id", "groupe", "grupo", "gruppe", "gruppo", "grupa", "grup"),
    *("группа", "група", "المجموعة", "مجموعة", "समूह"),
)
"""Names of the group that somebody came into."""

WHOLE_ONLY = frozenset(
    ("id", "uri", "post", "object", "user", "page", "channel", "profile", "comment", "description", "name")
)
"""Names that behind other words mean something else."""


def plain_name(column: str) -> str:
    """Return a column's name in small letters without accents, its words with ``_`` between them.

    Example: ``authorMeta.userName`` is ``author_meta_user_name``, and ``Data/Hora`` is ``data_hora``.
    """
    parts = unicodedata.normalize("NFKD", _CAPITAL.sub("_", column).lower().translate(_UNDIVIDED))
    kept = (letter if unicodedata.category(letter)[0] in "LNM" else "_" for letter in parts)
    bare = "".join(letter for letter in kept if not unicodedata.combining(letter))
    return (
        _WRAPPERS.sub("", re.sub("_+", "_", bare).strip("_")) if "$" in column else re.sub("_+", "_", bare).strip("_")
    )


HINTS: dict[str, tuple[str, ...]] = {key: tuple(map(plain_name, names.split())) for key, names in _NAMES.items()}
"""Key of ``[data.map]`` to the plain names of its columns."""

OBJECT_HINTS = {kind: tuple(map(plain_name, names.split())) for kind, names in _OBJECT_NAMES.items()}
"""Kind of object to the plain names of its columns."""

ACTED_ON = {role: tuple(map(plain_name, names.split())) for role, names in _ACTED_ON.items()}
"""What acts are done to (``on_post`` and so on): names that count where several accounts share a value."""

_POSTS = """
    post tweet video photo publication publicación postagem publicação beitrag pubblicazione gönderi paylaşım
    пост публикация допис публікація منشور पोस्ट postingan unggahan wpis příspěvek bericht 帖子 貼文 投稿 게시물
"""
POSTS = frozenset(map(plain_name, _POSTS.split()))
"""Whole names of the text of a post, or of its id: the post that was acted on, where several accounts share ids."""


def object_kind(role: str) -> str | None:
    """Return the kind of object that a role of ``OBJECT_HINTS`` or ``ACTED_ON`` is; None for every other."""
    return role.removeprefix("on_") if role in ACTED_ON else role if role in OBJECT_HINTS else None
