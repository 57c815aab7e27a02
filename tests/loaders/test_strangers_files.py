"""Files as strangers save them, in old encodings and with dates of every shape: each is read, with the right moments.

They were written before anybody looked at the hints: tools that are not known here, and tables kept by hand.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from cases.case_file.case_file import parse
from cases.case_file.starter_case import starter
from cases.conversation.column_choice import take_likeliest
from cases.conversation.inspected_files import look_into
from forensics.loaders import load
from forensics.loaders.loader import ReadOptions
from forensics.progress import quiet

ROWS = 40
TIMES = [datetime(2026, 5, 3, 14, 2, 11) + timedelta(minutes=37 * k + k * k) for k in range(ROWS)]  # noqa: DTZ001  local
MONTHS = {"id": "Mei", "fr": "mai"}


def serial(k: int) -> float:
    return (TIMES[k] - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001


VALUES: dict[str, Callable[[int], object]] = {
    "who": lambda k: f"user{k * 7 % 11}",
    "person": lambda k: f"User{k * 7 % 11} Smith",
    "uid": lambda k: 900_000 + k * 7 % 11,
    "page": lambda k: f"https://www.linkedin.com/in/user{k * 7 % 11}",
    "text": lambda k: f"Vote for the mayor, message number {k % 6}, he has done so much for our town!",
    "link": lambda k: f"https://x.com/user{k * 7 % 11}/status/19182736450123{k:05d}",
    "target": lambda k: f"https://www.facebook.com/story.php?story_fbid=10{k % 9:04d}77123&id=55",
    "snowflake": lambda k: f"19182736450123{k:05d}",
    "n": lambda k: k + 1,
    "likes": lambda k: k * 13 % 50,
    "few": lambda k: f"thing{k % 4}",
    "same": lambda _: "election",
    "none": lambda _: "",
    "later": lambda _: "2026-06-01T08:00:00.000Z",
    "serial": serial,
    "serial,": lambda k: f"{serial(k):.8f}".replace(".", ","),
    "unix": lambda k: int(TIMES[k].replace(tzinfo=UTC).timestamp()),
    "us": lambda k: int(TIMES[k].replace(tzinfo=UTC).timestamp()) * 1_000_000,
    "typed": lambda k: TIMES[k],
    "month-id": lambda k: f"{TIMES[k].day} Mei 2026 {TIMES[k]:%H.%M}",
    "month-fr": lambda k: f"{TIMES[k].day} mai 2026 {TIMES[k]:%H:%M}",
    "arabic": lambda k: f"{TIMES[k]:%Y/%m/%d %I:%M} {'م' if TIMES[k].hour >= 12 else 'ص'}",
}


@dataclass(frozen=True)
class File:
    """A file: columns as ``name = kind of value`` and how it is saved; what is right in it.

    Attributes:
        columns: parted by `` | ``; a kind is of ``VALUES`` or a format of times.
        account: columns that say who acted.
        step: seconds to which the times are kept.
        ahead: hours by which the times are ahead of UTC.
        is_timed: whether it has times.
    """

    columns: str
    account: str
    encoding: str = "utf-8"
    delimiter: str = ","
    above: str = ""
    word: str = ""
    step: int = 1
    ahead: int = 0
    header: bool = True


FILES = {
    "listening.csv": File(
        "Date = %Y-%m-%d | Hour = %H:%M | Title = same | Content = text | Author = who | Source = same | Url = link",
        "Author", delimiter=";", step=60,
    ),
    "mentions.csv": File(
        "Title = none | Description = text | Publication Date = %Y-%m-%dT%H:%M:%S.0+00:00 | Source Name = same"
        " | Source Url = link | Author name = who", "Author name",
    ),
    "guid.csv": File(
        "id = n | guid = snowflake | link = link | pubdate = %Y-%m-%d %H:%M:%S | author = who | title = text", "author",
    ),
    "comments.csv": File(
        "postUrl = target | profileUrl = page | fullName = person | comment = text"
        " | commentDate = %Y-%m-%dT%H:%M:%S.000Z | query = same | timestamp = later", "profileUrl",
    ),
    "cp1252-pt.csv": File(
        "Perfil = who | Data da publicação = %d/%m/%Y | Horário = %Hh%M | Legenda = text | Link da postagem = target",
        "Perfil", "cp1252", ";", step=60,
    ),
    "cp1252-de.csv": File(
        "Konto = who | Beitrag = text | Veröffentlicht am = %d.%m.%Y, %H:%M Uhr | Internetadresse = link",
        "Konto", "cp1252", ";", word="Wähler", step=60,
    ),
    "mac-fr.csv": File(
        "Compte = who | Publié le = %d/%m/%Y à %H:%M | Message = text", "Compte", "mac_roman", ";", word="élu", step=60,
    ),
    "cp1251.csv": File(
        "Дата = %d.%m.%Y | Время = %H:%M:%S | Источник = same | Автор = who | Ссылка на автора = page | Текст = text",
        "Автор", "cp1251", ";", word="Голосуйте",
    ),
    "cp1254.csv": File(
        "Sıra = n | Kullanıcı Adı = who | Tarih = %d.%m.%Y | Saat = %H:%M | Tweet Metni = text | Bağlantı = link",
        "Kullanıcı Adı", "cp1254", ";", word="Seçim şimdi", step=60,
    ),
    "gb18030.csv": File("序号 = n | 用户名 = who | 发布时间 = %Y年%m月%d日 %H:%M | 内容 = text | 链接 = target",
                        "用户名", "gb18030", word="选举", step=60),
    "utf-16.csv": File("Lp. = n | Autor wpisu = who | Data i godzina = %d-%m-%Y %H:%M | Treść = text",
                       "Autor wpisu", "utf-16", "\t", step=60),
    "arabic.csv": File("الرقم = n | اسم المستخدم = who | تاريخ النشر = arabic | نص المنشور = text"
                       " | رابط المنشور = target",
                       "اسم المستخدم", "utf-8-sig", step=60),
    "hindi.csv": File("क्रमांक = n | उपयोगकर्ता = who | दिनांक = %d/%m/%Y | समय = %H:%M | संदेश = text",
                      "उपयोगकर्ता", step=60),
    "indonesia.tsv": File("No = n | Nama Akun = who | Tanggal Unggah = month-id | Isi Unggahan = text",
                          "Nama Akun", delimiter="\t", step=60),
    "dutch.csv": File("Gebruiker = who | Datum = %d-%m-%Y | Tijdstip = %H:%M | Bericht = text", "Gebruiker",
                      delimiter=";", above="sep=;\r\n", step=60),
    "months.csv": File("Nom du compte = who | Date de publication = month-fr | Contenu = text",
                       "Nom du compte", step=60),
    "zone.csv": File("Date (UTC+3) = %m/%d/%Y %I:%M %p | Profile Name = who | Message = text", "Profile Name",
                     step=60, ahead=3),
    "offset.csv": File("mention_id = n | poster = who | happened_at = %Y-%m-%d %H:%M:%S.123456+02 | payload = text",
                       "poster", delimiter="|", ahead=2),
    "serial-fr.csv": File("Compte = who | Publié le = serial, | Message = text", "Compte", "utf-8-sig", ";"),
    "serial.xlsx": File("Account = who | Posted = serial | Caption = text | Post link = target", "Account"),
    "banner.xlsx": File("Nº = n | Usuario = who | Fecha y hora = typed | Red social = same | Publicación = text",
                        "Usuario", above="Monitoreo de redes sociales"),
    "digits.csv": File("rev_id = n | page_title = few | user_text = who | rev_timestamp = %Y%m%d%H%M%S"
                       " | comment = text", "user_text"),
    "us.csv": File("actor_id = uid | target_id = few | verb = same | ts_us = us", "actor_id"),
    "maps.csv": File("name = same | place_id = few | author_title = who | author_id = uid | review_text = text"
                     " | review_timestamp = unix | review_datetime_utc = %m/%d/%Y %H:%M:%S", "author_id"),
    "headless.csv": File("- = who | - = %Y-%m-%d %H:%M:%S | - = text | - = target", "column_1", header=False),
}  # fmt: skip


def value(kind: str, k: int) -> object:
    return TIMES[k].strftime(kind) if "%" in kind else VALUES[kind](k)


def written(folder: Path, name: str) -> Path:
    """Save a file as its makers would."""
    file, path = FILES[name], folder / name
    columns = [column.split(" = ") for column in file.columns.split(" | ")]
    rows = [[value(kind, k) for _, kind in columns] for k in range(ROWS)]
    rows = [[f"{file.word} {cell}" if file.word and kind == "text" else cell
             for cell, (_, kind) in zip(row, columns, strict=True)] for row in rows]  # fmt: skip
    header = [[column for column, _ in columns]] if file.header else []
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [*([[file.above], []] if file.above else []), *header, *rows]:
            sheet.append(row)
        book.save(path)
        return path
    out = io.StringIO()
    csv.writer(out, delimiter=file.delimiter).writerows([*header, *rows])
    path.write_bytes((file.above + out.getvalue()).encode(file.encoding))
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_strangers_file_reaches_a_case_with_the_right_moments(tmp_path: Path, name: str) -> None:
    file, path = FILES[name], written(tmp_path, name)
    looks = look_into([path], quiet, lambda _path, error: pytest.fail(str(error)), None, take_likeliest)
    (entry,) = parse(starter(tmp_path, looks), tmp_path / "case.toml").data
    assert entry.columns["account"] == file.account
    dataset = load(path, "generic", ReadOptions(columns=entry.columns, objects=entry.objects))
    assert dataset.sources[0].rows_kept == ROWS
    moments = {time.replace(tzinfo=UTC, second=time.second if file.step == 1 else 0) for time in TIMES}
    read = {time.replace(microsecond=0) for time in dataset.actions["acted_at"]}
    assert read == {time - timedelta(hours=file.ahead) for time in moments}
    assert dataset.actions["text"].null_count() == (0 if "= text" in file.columns else dataset.actions.height)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_an_old_encoding_is_noted(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("author,date,text\nann,2026-05-03 10:00,élections où l'été naît\n".encode(encoding))
    dataset = load(path)
    assert dataset.actions["text"][0] == "élections où l'été naît"
    assert any(encoding in str(note) for note in dataset.sources[0].notes)


def test_what_several_answered_is_no_post_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [f"{k},user{k % 3},2026-05-03 10:0{k}:00,short text number {k},clip{k % 2}\n" for k in range(8)]
    path.write_text("".join(["id,user,date,text,video_id\n", *rows]), encoding="utf-8")
    acts = load(path).actions
    kinds = dict(acts.filter(acts["object_kind"] == "post").group_by("object_id").len().iter_rows())
    assert kinds["clip0"] == kinds["clip1"] == 4
    assert not set(acts["post_id"]) & {str(k) for k in range(8)}, "row numbers are no ids"


def test_a_key_that_opens_an_account_is_left_out_of_excerpts(tmp_path: Path) -> None:
    rows = [
        {"author": "ann", "date": "2026-05-03", "text": "x"},
        {"author": "bob", "date": "soon?access_token=EAABsb1234567"},
    ]
    path = tmp_path / "rows.ndjson"
    torn = '{"author": "eva", "access_token": "EAABsbC9876543", "text": "never clo'
    path.write_text("\n".join([*map(json.dumps, rows), torn]), encoding="utf-8")
    rejected = load(path).sources[0].rejected
    assert rejected.height == 2
    assert "EAAB" not in "".join(rejected["excerpt"])
    assert rejected["excerpt"].str.contains("left out").all()
