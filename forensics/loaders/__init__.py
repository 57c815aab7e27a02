"""Every export format that can be read, one file each; this page lists them in sniffing order.

``recognise`` says what a file is, ``load`` reads it into the four tables, ``merge`` joins several files into one data
set, in which an act that two files hold counts once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from forensics.dataset import Dataset
from forensics.errors import InputFileError
from forensics.loaders.advertising import google_ads, meta_ad_api, meta_ad_report, radlibrary, snapchat_ads
from forensics.loaders.format_recognition import Recognition, recognise_among
from forensics.loaders.fourcat import fourcat_tables, fourcat_telegram, fourcat_tiktok, fourcat_tumblr, fourcat_vk
from forensics.loaders.generic_tables import generic_table
from forensics.loaders.listening import media_monitoring, open_archives
from forensics.loaders.loader import Loader, ReadOptions
from forensics.loaders.networks import (
    coordination_graph,
    coordination_toolkit,
    coortweet,
    d3lta,
    edge_lists,
    hoaxy,
    polled_lists,
)
from forensics.loaders.normalising.file_merging import merge
from forensics.loaders.normalising.row_ledger import refuse_empty
from forensics.loaders.platforms import (
    bluesky_feed,
    bluesky_jetstream,
    content_library,
    crowdtangle,
    mastodon,
    mastodon_likes,
    profile_lists,
    reddit,
    telegram,
    telethon,
    tiktok_research,
    whatsapp,
    youtube,
    youtube_data_tools,
)
from forensics.loaders.reading.data_file import files_in
from forensics.loaders.scrapers import (
    apify,
    bright_data,
    comment_tools,
    discord_exporter,
    facepager,
    minet,
    ntscraper,
    snscrape,
    web_exporter,
)
from forensics.loaders.twitter import (
    about_account,
    api_v1,
    api_v2,
    archive,
    collections,
    community_notes,
    fivethirtyeight,
    information_operations,
    twarc_csv,
    user_objects,
)
from forensics.loaders.zeeschuimer import zeeschuimer
from forensics.registry import Registry

__all__ = ["LOADERS", "Recognition", "load", "merge", "recognise"]

LOADERS: Registry[Loader] = Registry(
    "loader",
    fivethirtyeight.LOADER,
    information_operations.LOADER,
    information_operations.USERS,
    api_v1.LOADER,
    api_v2.LOADER,
    user_objects.LOADER,
    crowdtangle.LOADER,
    content_library.LOADER,
    meta_ad_report.LOADER,
    meta_ad_api.LOADER,
    google_ads.LOADER,
    snapchat_ads.LOADER,
    tiktok_research.LOADER,
    youtube.LOADER,
    bluesky_jetstream.LOADER,
    bluesky_feed.LOADER,
    mastodon.LOADER,
    mastodon_likes.LOADER,
    telegram.LOADER,
    reddit.DUMPS,
    about_account.LOADER,
    coortweet.LOADER,
    coordination_toolkit.LOADER,
    coordination_graph.LOADER,
    edge_lists.LOADER,
    twarc_csv.LOADER,
    tiktok_research.TABLE,
    youtube_data_tools.LOADER,
    fourcat_tables.LOADER,
    fourcat_telegram.LOADER,
    fourcat_tiktok.LOADER,
    fourcat_tumblr.LOADER,
    fourcat_vk.LOADER,
    zeeschuimer.LOADER,
    media_monitoring.BRANDWATCH,
    media_monitoring.MELTWATER,
    media_monitoring.TALKWALKER,
    open_archives.OPEN_MEASURES,
    open_archives.MEDIA_CLOUD,
    apify.LOADER,
    bright_data.LOADER,
    snscrape.LOADER,
    minet.LOADER,
    web_exporter.LOADER,
    ntscraper.LOADER,
    facepager.LOADER,
    discord_exporter.LOADER,
    comment_tools.EXPORT_COMMENTS,
    comment_tools.YOUTUBE_COMMENTS,
    archive.LOADER,
    collections.TCAT,
    collections.SFM,
    collections.ACADEMIC,
    collections.RTWEET,
    community_notes.LOADER,
    profile_lists.LOADER,
    reddit.LISTINGS,
    telethon.LOADER,
    whatsapp.LOADER,
    radlibrary.LOADER,
    d3lta.LOADER,
    hoaxy.LOADER,
    polled_lists.LOADER,
    generic_table.LOADER,  # last: it takes any table
)


def recognise(path: Path, options: ReadOptions | None = None) -> Recognition:
    """Say which format a file has.

    Raises:
        MissingInputError: it is not there.
        InputFileError: no loader knows it, or two are equally sure.
    """
    return recognise_among(LOADERS, path, options or ReadOptions())


def load(path: Path, loader_name: str | None = None, options: ReadOptions | None = None) -> Dataset:
    """Read a file, or every file of a folder, into the tables.

    Args:
        path: the file or the folder; a folder's files become sources of their own, ``s1.1``, ``s1.2`` and so on.
        loader_name: of the loader; None to recognise it.
        options: what the case file says about the file.

    Raises:
        MissingInputError: it is not there.
        ParameterError: there is no such loader.
        InputFileError: it cannot be recognised or read, or every row of it is rejected.
    """
    options = options or ReadOptions()
    if path.is_dir():
        files = files_in(path)
        if not files:
            raise InputFileError("The folder {file} holds no files.", file=path.name)
        parts = (replace(options, source_id=f"{options.source_id}.{number}") for number in range(1, len(files) + 1))
        return merge([load(file, loader_name, part) for file, part in zip(files, parts, strict=True)])
    name = loader_name or recognise(path, options).loader
    return refuse_empty(LOADERS.get(name).read(path, options))
