"""Populated places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.bundle import naturalearth
from geodata.bundle.made import Made, made
from geodata.bundle.names import NAMES
from geodata.bundle.shelf import Shelf

_SOUTHMOST_DEG = 35.0
_CAPITALS = {
    "Admin-0 capital": "country",
    "Admin-0 capital alt": "country",
    "Admin-0 region capital": "region",
    "Admin-1 capital": "region",
    "Admin-1 region capital": "region",
}
_CYRILLIC: Mapping[str, str] = {
    "Moscow": "Москва",
    "St. Petersburg": "Санкт-Петербург",
    "Kyiv": "Київ",
    "Lviv": "Львів",
    "Odesa": "Одеса",
    "Dnipro": "Дніпро",
    "Kharkiv": "Харків",
    "Donetsk": "Донецьк",
    "Luhansk": "Луганськ",
    "Zaporizhzhia": "Запоріжжя",
    "Kherson": "Херсон",
    "Mariupol": "Маріуполь",
    "Mykolaiv": "Миколаїв",
    "Simferopol": "Сімферополь",
    "Sevastopol": "Севастополь",
    "Murmansk": "Мурманск",
    "Severomorsk": "Североморск",
    "Apatity": "Апатиты",
    "Kirovsk": "Кировск",
    "Monchegorsk": "Мончегорск",
    "Kandalaksha": "Кандалакша",
    "Arkhangelsk": "Архангельск",
    "Severodvinsk": "Северодвинск",
    "Petrozavodsk": "Петрозаводск",
    "Naryan-Mar": "Нарьян-Мар",
    "Amderma": "Амдерма",
    "Vorkuta": "Воркута",
    "Inta": "Инта",
    "Usinsk": "Усинск",
    "Pechora": "Печора",
    "Syktyvkar": "Сыктывкар",
    "Salekhard": "Салехард",
    "Nadym": "Надым",
    "Novy Urengoy": "Новый Уренгой",
    "Dikson": "Диксон",
    "Dudinka": "Дудинка",
    "Norilsk": "Норильск",
    "Igarka": "Игарка",
    "Khatanga": "Хатанга",
    "Tiksi": "Тикси",
    "Yakutsk": "Якутск",
    "Verkhoyansk": "Верхоянск",
    "Zhigansk": "Жиганск",
    "Udachny": "Удачный",
    "Chokurdakh": "Чокурдах",
    "Chersky": "Черский",
    "Bilibino": "Билибино",
    "Pevek": "Певек",
    "Cape Schmidt": "Мыс Шмидта",
    "Egvekinot": "Эгвекинот",
    "Anadyr": "Анадырь",
    "Provideniya": "Провидения",
    "Uelen": "Уэлен",
    "Magadan": "Магадан",
    "Petropavlovsk-Kamchatsky": "Петропавловск-Камчатский",
    "Vladivostok": "Владивосток",
}
_NOT_THEIR_POPULATION = ("Nakhodka", "Noginsk", "Yamburg", "Boyarka")
"""Northern hamlets that the source gives the population of a namesake."""

_NORTH_DEG = 60.0
_HAMLET = 10


def places(shelf: Shelf) -> Made:
    """Return places north of 35° N with rank, country, population (0: unknown) and whether they are a capital.

    Places that are no more (historic) and scientific stations south of 60° N are left out.
    """
    frame: Any = naturalearth.table(shelf, "populated_places_simple")
    north = frame.geometry.y.to_numpy()
    wanted = (north > _SOUTHMOST_DEG) & (frame["featurecla"] != "Historic place").to_numpy()
    frame = frame[wanted].sort_values(["scalerank", "name"], kind="stable").reset_index(drop=True)
    return made(_table(frame), np.asarray(frame.geometry.array, dtype=np.object_))


def _table(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    raw: Any = pd.DataFrame(frame.drop(columns="geometry"))
    name = raw["name"].replace(NAMES)
    population = raw["pop_max"].clip(lower=0).astype(int)
    mistaken = raw["name"].isin(_NOT_THEIR_POPULATION) & (frame.geometry.y > _NORTH_DEG)
    population = population.mask(mistaken | (population == _HAMLET), 0)
    rank = raw["scalerank"].astype(int)
    table = pd.DataFrame({"id": [f"place_{number}" for number in _numbers(frame)], "name": name, "kind": "place"})
    russian = raw["adm0_a3"].isin(["RUS", "UKR"])
    return table.assign(
        source=naturalearth.SOURCE,
        confidence="high",
        rank=rank.mask(population == 0, rank + 1).clip(upper=10),
        country=raw["adm0_a3"].where(~name.isin(["Sevastopol", "Simferopol", "Kerch"]), "UKR"),
        country_name=raw["adm0name"].where(~name.isin(["Sevastopol", "Simferopol", "Kerch"]), "Ukraine"),
        population=population,
        capital=raw["featurecla"].map(_CAPITALS).fillna(""),
        local_name=name.map(_CYRILLIC).where(russian, "").fillna(""),
    )


def _numbers(frame: gpd.GeoDataFrame) -> list[str]:
    """Return an id for each place that does not change with the order: its position to a hundredth of a degree."""
    ids: list[str] = []
    for point in frame.geometry:
        base = f"{round(point.x * 100) % 36000:05d}_{round(point.y * 100):04d}"
        ids.append(base if base not in ids else f"{base}_{ids.count(base) + 1}")
    return ids
