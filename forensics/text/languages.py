"""Languages: the codes for the English names that some exports have instead."""

from __future__ import annotations

__all__ = ["LANGUAGE_CODES"]

_NAMES = (
    "Albanian=sq; Arabic=ar; Bengali=bn; Bulgarian=bg; Catalan=ca; Croatian=hr; Czech=cs; Danish=da; Dutch=nl; "
    "English=en; Estonian=et; Farsi (Persian)=fa; Finnish=fi; French=fr; German=de; Greek=el; Gujarati=gu; "
    "Hebrew=he; Hindi=hi; Hungarian=hu; Icelandic=is; Indonesian=id; Italian=it; Japanese=ja; Korean=ko; "
    "Kurdish=ku; Latvian=lv; Lithuanian=lt; Macedonian=mk; Malay=ms; Norwegian=no; Persian=fa; Polish=pl; "
    "Portuguese=pt; Pushto=ps; Romanian=ro; Russian=ru; Serbian=sr; Simplified Chinese=zh-Hans; Slovak=sk; "
    "Slovenian=sl; Somali=so; Spanish=es; Swedish=sv; Tagalog (Filipino)=tl; Thai=th; "
    "Traditional Chinese=zh-Hant; Turkish=tr; Ukrainian=uk; Urdu=ur; Uzbek=uz; Vietnamese=vi"
)

LANGUAGE_CODES: dict[str, str] = {name: code for name, _, code in (pair.partition("=") for pair in _NAMES.split("; "))}
"""English name of a language to its BCP 47 code."""
