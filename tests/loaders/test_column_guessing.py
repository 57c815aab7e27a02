"""Which column is which: by names in ten languages, by suffixes, and by what the values look like."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from forensics.errors import OpenChoiceError
from forensics.loaders import load
from forensics.loaders.generic_tables.column_proposals import UnmappedError, propose
from forensics.loaders.loader import ReadOptions
from forensics.loaders.reading.table_preview import preview

AT = "2026-03-20 19:50:0{}"
TEXT = "Vote on Sunday all of you number {}"
PLAIN = {"account": "ann{}", "time": AT, "text": TEXT, "url": "https://a.org/{}"}
HEADERS = {
    "en": "Author,Date,Message,Link",
    "ids": "msg_from_id,message_time,content,link_url",
    "dids": "author.did,createdAt,record.text,links",
    "suffixes": "node_id,time_utc,body,urls",
    "ms": "channel_id,timestamp_ms,text,url",
    "es": "Nombre de usuario,Fecha de publicación,Contenido,Enlace",
    "pt": "Usuário,Data da publicação,Mensagem,Links",
    "fr": "Nom d'utilisateur,Date de publication,Texte,Lien",
    "de": "Benutzername,Zeitpunkt,Inhalt,Links",
    "it": "Utente,Data pubblicazione,Testo,Link",
    "ar": "اسم المستخدم,تاريخ النشر,النص,الرابط",
    "hi": "उपयोगकर्ता,दिनांक,संदेश,लिंक",
    "id": "Nama Pengguna,Tanggal,Isi,Tautan",
    "tr": "Kullanıcı Adı,Tarih,Metin,Bağlantı",
    "ru": "Пользователь,Дата публикации,Текст,Ссылка",
    "uk": "Користувач,Дата публікації,Текст,Посилання",
}


def written(folder: Path, header: str, values: dict[str, str], n: int = 6) -> Path:
    path = folder / "table.csv"
    rows = [",".join(value.format(k % 5) for value in values.values()) for k in range(n)]
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", HEADERS)
def test_names_are_known_in_many_languages(tmp_path: Path, language: str) -> None:
    values = PLAIN | ({"time": "177403625700{}"} if language == "ms" else {})
    dataset = load(written(tmp_path, HEADERS[language], values))
    assert dataset.actions["account_id"].unique().sort().to_list() == [f"ann{k}" for k in range(5)]
    assert dataset.actions["acted_at"].dt.year().unique().to_list() == [2026]
    assert dataset.actions["text"].null_count() == 0
    assert dataset.actions.filter(pl.col("object_kind") == "url")["object_id"].n_unique() == 5


def test_days_and_hours_in_two_columns_are_one_time(tmp_path: Path) -> None:
    values = {"a": "@ann{}", "d": "20/03/2026", "h": "19h5{}", "t": TEXT, "l": "https://x.com/ann/status/{}"}
    path = written(tmp_path, "Compte;Date;Heure;Texte;Lien".replace(";", ","), values, n=5)
    dataset = load(path)
    assert dataset.actions["acted_at"].dt.minute().unique().sort().to_list() == [50, 51, 52, 53, 54]
    assert dataset.actions["time_precision"].unique().to_list() == ["min"]
    assert dataset.actions["permalink"].null_count() == 0
    mapped = ReadOptions(columns={"account": "Compte", "time": "Date", "hour": "Heure"})
    assert load(path, "generic", mapped).actions["acted_at"].dt.hour().unique().to_list() == [19]


def test_a_time_without_a_day_is_the_hour_of_the_date_beside_it(tmp_path: Path) -> None:
    values = {"a": "ann{}", "time": "7:5{} PM", "date": "3/20/2026", "text": TEXT}
    dataset = load(written(tmp_path, "user,Time,Date,text", values))
    assert dataset.actions["acted_at"].dt.hour().unique().to_list() == [19]
    assert dataset.actions["acted_at"].dt.day().unique().to_list() == [20]


@pytest.mark.parametrize("header", ["in_reply_to_user_id,date,text,user", "retweeted_user_id,date,text,user"])
def test_somebody_else_is_not_who_acted(tmp_path: Path, header: str) -> None:
    values = {"other": "zed", "time": AT, "text": TEXT, "account": "ann{}"}
    assert load(written(tmp_path, header, values)).actions["account_id"].n_unique() == 5


def test_a_name_that_the_values_contradict_is_not_taken(tmp_path: Path) -> None:
    values = {"data": "collected by hand", "time": AT, "account": "ann{}", "text": TEXT}
    assert load(written(tmp_path, "data,momento do post data,author,text", values)).actions.height


def test_unknown_names_end_in_the_likeliest_columns_and_why(tmp_path: Path) -> None:
    values = {"n": "{}", "a": "ann{}", "t": "20 de marzo de 2026 a las 19:5{}", "x": TEXT, "u": "https://a.org/{}"}
    path = written(tmp_path, "n,persona,momento,qué dijo,compartió", values)
    with pytest.raises(UnmappedError) as raised:
        load(path)
    firsts = {role: (found[0].column, found[0].reason) for role, found in raised.value.proposals.items()}
    assert firsts == {
        "account": ("persona", "names"),
        "time": ("momento", "times"),
        "text": ("qué dijo", "sentences"),
        "url": ("compartió", "addresses"),
    }
    assert 'account = "persona" time = "momento"' in str(raised.value)


def test_a_fact_of_an_account_is_not_proposed_as_the_account(tmp_path: Path) -> None:
    values = {"place": "Lyon{}", "who": "ann{}", "t": AT, "x": TEXT}
    path = written(tmp_path, "user location,person,moment,what", values)
    assert propose(preview(path, ReadOptions()))["account"][0].column == "person"


def test_an_order_of_day_and_month_can_be_chosen_by_its_name(tmp_path: Path) -> None:
    path = written(tmp_path, "user,date,text", {"a": "ann{}", "t": "03/04/2026 19:5{}", "x": TEXT})
    with pytest.raises(OpenChoiceError) as raised:
        load(path)
    assert raised.value.setting == "time_format"
    months = [
        load(path, None, ReadOptions(settings={"time_format": choice})).actions["acted_at"].dt.month()[0]
        for choice in raised.value.choices
    ]
    assert sorted(months) == [3, 4]
