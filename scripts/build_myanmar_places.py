"""Build the Myanmar pack's places.csv from regions.json, districts.json and townships.json (MIT, Kyaw Thura 2024).

Usage: python scripts/build_myanmar_places.py FOLDER src/tallybook/knowledge/packs/myanmar/places.csv
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

SOURCE = "kyawthura Myanmar townships JSON (MIT, 2024)"
BY_HAND = "written for this pack from public maps; coordinates rounded"
STATES = {"Kachin", "Kayah", "Kayin", "Chin", "Mon", "Rakhine", "Shan"}
REGION_PARENT = {"MMR008": "MMR007", "MMR015": "MMR014", "MMR016": "MMR014"}
REGION_VARIANTS = {
    "Kayah": "Karenni State|Karenni", "Kayin": "Karen State|Karen", "Rakhine": "Arakan State|Arakan",
    "Ayeyarwady": "Irrawaddy Region|Irrawaddy", "Magway": "Magwe Region|Magwe", "Bago": "Pegu Region|Pegu",
    "Tanintharyi": "Tenasserim Region|Tenasserim", "Nay Pyi Taw": "Naypyidaw|Naypyitaw|Naypyidaw Union Territory",
}  # fmt: skip
VARIANTS = {
    "Namhkan": "Namkham|Namkhan|Nanhkan", "Laukkaing": "Laukkai|Laukai|Laogai", "Konkyan": "Kongyan",
    "Hseni": "Hsenwi|Theinni", "Namhsan": "Namsan", "Nawnghkio": "Nawngkhio|Naungcho", "Hpakan": "Hpakant|Phakant",
    "Kengtung": "Kyaingtong", "Demoso": "Dimawso", "Kyaukpyu": "Kyaukphyu", "Mrauk-U": "Mrauk U",
    "Kale": "Kalay|Kalaymyo", "Depayin": "Tabayin", "Dawei": "Tavoy", "Pekon": "Pekhon|Phekon",
    "Thantlang": "Thangtlang", "Hakha": "Haka", "Kyaukkyi": "Kyauk Kyi|Kyaukgyi", "Hsihseng": "Hsi Hseng",
}  # fmt: skip
LATITUDES = {"MMR013046701": 16.87, "MMR013047701": 16.87}
"""Latitudes that the source lacks, read from a map: both parts of Hlaingtharya."""
EXTRA = [
    ("MMX-kokang", "Kokang", "Kokang Self-Administered Zone|Kokang SAZ", "admin2", "Shan State", 23.7, 98.6, 45),
    ("MMX-palaung", "Pa Laung Self-Administered Zone", "Palaung SAZ", "admin2", "Shan State", 23.1, 97.3, 40),
    ("MMX-danu", "Danu Self-Administered Zone", "", "admin2", "Shan State", 21.3, 96.6, 35),
    ("MMX-pao", "Pa-O Self-Administered Zone", "Pa-Oh Self-Administered Zone", "admin2", "Shan State", 20.5, 97.0, 45),
    ("MMX-wa", "Wa Self-Administered Division", "Wa State", "admin2", "Shan State", 22.5, 99.0, 70),
    ("MMX-naga", "Naga Self-Administered Zone", "", "admin2", "Sagaing Region", 26.0, 95.3, 80),
]


def region_name(code: str, regions: dict[str, dict]) -> str:
    name = regions[REGION_PARENT.get(code, code)]["regionNameEn"]
    return name if name == "Nay Pyi Taw" else f"{name} {'State' if name in STATES else 'Region'}"


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    return round(sum(p[0] for p in points) / len(points), 3), round(sum(p[1] for p in points) / len(points), 3)


def main(folder: Path, target: Path) -> None:
    regions = {r["regionCode"]: r for r in json.loads((folder / "regions.json").read_text("utf-8"))}
    districts = {d["districtCode"]: d for d in json.loads((folder / "districts.json").read_text("utf-8"))}
    townships = json.loads((folder / "townships.json").read_text("utf-8"))
    points: dict[str, list[tuple[float, float]]] = {}
    for t in townships:
        if t["latitude"] is not None:
            for code in (region_name(t["regionCode"], regions), t["districtCode"]):
                points.setdefault(code, []).append((t["latitude"], t["longitude"]))
    rows: list[list] = []
    for code, r in sorted(regions.items()):
        name, short = region_name(code, regions), r["regionNameEn"]
        variants = [v for v in [short, *REGION_VARIANTS.get(short, "").split("|")] if v and v != name]
        rows.append([code, name, "|".join(variants), "admin1", "", "MMR", *middle(points[name]), 180, SOURCE])
    for code, d in sorted(districts.items()):
        if code in points:
            parent = region_name(d["regionCode"], regions)
            rows.append(
                [
                    code,
                    f"{d['districtNameEn']} District",
                    "",
                    "admin2",
                    parent,
                    "MMR",
                    *middle(points[code]),
                    50,
                    SOURCE,
                ]
            )
    for t in sorted(townships, key=lambda t: t["townshipCode"]):
        name, _, other = t["townshipNameEn"].partition("(")
        name = name.strip()
        variants = [v for v in [other.strip(" )"), *VARIANTS.get(name, "").split("|")] if v]
        district = districts.get(t["districtCode"], {}).get("districtNameEn")
        parents = [f"{district} District"] if district else []
        parents.append(region_name(t["regionCode"], regions))
        rows.append(
            [
                t["townshipCode"],
                name,
                "|".join(variants),
                "admin3",
                ">".join(parents),
                "MMR",
                t["latitude"] if t["latitude"] is not None else LATITUDES.get(t["townshipCode"]),
                t["longitude"],
                20,
                SOURCE if t["latitude"] is not None else f"{SOURCE}; latitude by hand",
            ]
        )
    rows += [[*head, "MMR", lat, lon, radius, BY_HAND] for *head, lat, lon, radius in EXTRA]
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "name", "variants", "kind", "parents", "country", "lat", "lon", "radius_km", "source"])
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
