"""Videos of TikTok as 4CAT keeps them in NDJSON when it was given their addresses: the items in the pages' own data.

Source: https://github.com/digitalmethodsinitiative/4cat, datasources/tiktok_urls/search_tiktok_urls.py, version 1.56.
"""

from __future__ import annotations

from forensics.loaders.format_declarations.item_format import item_loader
from forensics.loaders.zeeschuimer.zeeschuimer_tiktok import VIDEO

LOADER = item_loader(
    "4cat-tiktok", "4CAT, TikTok NDJSON", "Videos of TikTok that 4CAT fetched by their addresses, one a line.", VIDEO
)
