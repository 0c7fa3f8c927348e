#!/usr/bin/env python3
"""What published tables hold, to check `govdata import table` against.

    python3 independent.py counts DIR     how many figures each table holds, and their sum
    python3 independent.py figures DIR    ten figures of each table, to compare one by one

Every *.csv below DIR is read. The script shares nothing with the importer: it works from the
bytes of each file and from the lists of names below, and it uses the standard library only.
It prints JSON: an object whose keys are the paths of the tables below DIR.
"""
import csv
import json
import re
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

# The 63 provinces and centrally run cities since 2008, plus Ha Tay (merged into Ha Noi in 2008).
PROVINCES = """
An Giang, Ba Ria Vung Tau, Bac Giang, Bac Kan, Bac Lieu, Bac Ninh, Ben Tre, Binh Dinh, Binh Duong,
Binh Phuoc, Binh Thuan, Ca Mau, Can Tho, Cao Bang, Da Nang, Dak Lak, Dak Nong, Dien Bien, Dong Nai,
Dong Thap, Gia Lai, Ha Giang, Ha Nam, Ha Noi, Ha Tinh, Hai Duong, Hai Phong, Hau Giang, Hoa Binh,
Ho Chi Minh City, Hung Yen, Khanh Hoa, Kien Giang, Kon Tum, Lai Chau, Lam Dong, Lang Son, Lao Cai,
Long An, Nam Dinh, Nghe An, Ninh Binh, Ninh Thuan, Phu Tho, Phu Yen, Quang Binh, Quang Nam,
Quang Ngai, Quang Ninh, Quang Tri, Soc Trang, Son La, Tay Ninh, Thai Binh, Thai Nguyen, Thanh Hoa,
Thua Thien Hue, Tien Giang, Tra Vinh, Tuyen Quang, Vinh Long, Vinh Phuc, Yen Bai, Ha Tay
"""
OTHER_SPELLINGS = {"BRVT": "Ba Ria Vung Tau", "TP HCM": "Ho Chi Minh City",
                   "TP.Ho Chi Minh": "Ho Chi Minh City"}
REGIONS = """
Red River Delta, Northern midlands and mountain areas, South East, Mekong River Delta,
Northern Central area and Central coastal area, North Central area and Central coastal area,
Central Highlands
"""
MISSING = {"": "blank", "..": "..", "...": "...", "-": "-", "NA": "NA"}
NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
PRELIMINARY = re.compile(r"\bPrel?\. ?\d{4}\b")


def letters(name):
    """Reduce a place name to its bare letters: no marks, no case, no spaces or hyphens."""
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if c.isascii() and c.isalnum()).lower()


def name_list(text):
    """Turn a comma-separated list of names into a lookup from bare letters to the name."""
    return {letters(n): n.strip() for n in text.replace("\n", " ").split(",")}


PROVINCE_OF = name_list(PROVINCES)
PROVINCE_OF.update((letters(k), v) for k, v in OTHER_SPELLINGS.items())
REGION_OF = name_list(REGIONS)
assert len(set(PROVINCE_OF.values())) == 64
BOUND = ("provinces", "country")  # what an import binds to places


def kind_of(place):
    """Say what a row is about: 'provinces', 'country', 'regions' or 'other'."""
    bare = letters(place)
    if bare in PROVINCE_OF:
        return "provinces"
    if bare == "wholecountry":
        return "country"
    return "regions" if bare in REGION_OF else "other"


def decode(data):
    """Read bytes as UTF-8 (dropping a byte-order mark), or failing that as Windows-1252."""
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252"), "cp1252"


class Table:
    """One file, with its rows numbered by the lines of the file (first line is 1).

    rows        (line number, cells) of every row under the header
    header      the cells of the header as printed
    id_columns  positions of the columns that identify a row (place, and year if it has its own)
    outside     (line number, text) of title, footnotes and any line that is not a row
    """

    def __init__(self, path):
        self.name = path.stem
        text, self.encoding = decode(path.read_bytes())
        lines = text.replace("\r\n", "\n").split("\n")
        if lines[-1] == "":  # what follows the last line end is not a line
            lines.pop()
        self.line_count = len(lines)
        self.delimiter = max(";,\t", key=lambda d: max(len(self.split(x, d)) for x in lines))
        width = max(len(self.split(x, self.delimiter)) for x in lines)
        self.header, self.rows, self.outside, self.blank = None, [], [], []
        for number, line in enumerate(lines, 1):
            assert line.count('"') % 2 == 0, f"{path.name}:{number}: a quoted cell spans lines"
            cells = self.split(line, self.delimiter)
            if not line.strip():
                self.blank.append(number)
            elif len(cells) < width:
                self.outside.append((number, line))
            elif self.header is None:
                self.header, self.header_line = cells, number
            else:
                self.rows.append((number, cells))
        self.id_columns = [0] + [i for i, h in enumerate(self.header) if h.strip() == "year"]

    @staticmethod
    def split(line, delimiter):
        """Split one line into cells, honouring double quotes, keeping all spaces."""
        return next(csv.reader([line], delimiter=delimiter), [])

    def cells(self):
        """Yield every data cell as a dictionary; 'number' is None where it is missing."""
        for line, row in self.rows:
            for i, printed in enumerate(row):
                if i in self.id_columns:
                    continue
                cell = {"place": row[0], "header": self.header[i], "row": line, "column": i + 1,
                        "class": kind_of(row[0]), "printed": printed}
                cell["province"] = PROVINCE_OF.get(letters(row[0]))
                said = [row[k] for k in self.id_columns[1:]] + [self.header[i], self.name]
                cell["year"] = next(y[1] for y in map(YEAR.search, said) if y)
                bare = printed.strip()
                cell["number"] = None if bare in MISSING else bare.replace(",", "")
                if cell["number"] is not None and not NUMBER.fullmatch(bare):
                    raise ValueError(f"neither a number nor a known marker: {cell}")
                cell["preliminary"] = bool(PRELIMINARY.search(self.header[i]))
                yield cell


def tally(keys):
    """Count how often each key occurs, keys in order of first appearance."""
    counts = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def counts(table):
    """Count the figures of one table by kind of row, and its missing cells by marker."""
    cells = list(table.cells())
    found = [c for c in cells if c["number"] is not None]
    empty = [c for c in cells if c["number"] is None]
    by_kind = tally(c["class"] for c in found)
    rows_by_kind = tally(kind_of(row[0]) for _, row in table.rows)
    others = tally(row[0] for _, row in table.rows if kind_of(row[0]) == "other")
    notes = ["identifying columns: " + ", ".join(table.header[i] for i in table.id_columns)]
    if others:
        notes.append("other rows: " + ", ".join(f"{k!r} x {n}" for k, n in others.items()))
    result = {k: by_kind.get(k, 0) for k in ("provinces", "country", "regions", "other")}
    result.update({
        "sum": str(sum(Decimal(c["number"]) for c in found if c["class"] in BOUND)),
        "note": "; ".join(notes),
        "missing": tally(MISSING[c["printed"].strip()] for c in empty),
        "missing_by_class": tally(c["class"] for c in empty),
        "preliminary": sum(c["preliminary"] and c["class"] == "provinces" for c in found),
        "rows": len(table.rows),
        "rows_by_class": rows_by_kind,
        "distinct_provinces": len({PROVINCE_OF[letters(row[0])] for _, row in table.rows
                                   if kind_of(row[0]) == "provinces"}),
        "columns": [h for i, h in enumerate(table.header) if i not in table.id_columns],
        "lines": table.line_count, "header_line": table.header_line, "encoding": table.encoding,
        "delimiter": table.delimiter, "blank_lines": table.blank,
        "outside": [f"{n}: {text}" for n, text in table.outside],
    })
    return result


def figures(table):
    """Choose ten figures of one table: first those with something special, then evenly spread."""
    found = [c for c in table.cells() if c["number"] is not None]
    named = [c for c in found if c["class"] != "other"]
    provinces = [c for c in named if c["class"] == "provinces"]
    middle = len(provinces) // 2
    turned = provinces[middle:] + provinces[:middle]  # so that searches start mid-table
    special = [
        ("first", named[:1]), ("last", named[-1:]), ("middle", provinces[middle:middle + 1]),
        ("decimals", [c for c in turned if Decimal(c["number"]) % 1 != 0][7:]),
        ("thousands", [c for c in turned if abs(Decimal(c["number"])) >= 1000][11:]),
        ("preliminary", [c for c in turned if c["preliminary"]][3:]),
        ("country", [c for c in named if c["class"] == "country"][-1:]),
        ("region", [c for c in named if c["class"] == "regions"][-1:]),
        ("Ha Tay", [c for c in provinces if letters(c["place"]) == "hatay"][-1:]),
        ("negative", [c for c in turned if Decimal(c["number"]) < 0][:1]),
        ("other row", [c for c in found if c["class"] == "other"][:1]),
    ]
    chosen, taken = [], set()
    spread = [("spread", [provinces[len(provinces) * k // 12]])
              for k in (1, 10, 4, 8, 2, 11, 5, 7, 3, 9)]
    for why, candidates in special + spread:
        free = [c for c in candidates if (c["row"], c["column"]) not in taken]
        if free and len(chosen) < 10:
            taken.add((free[0]["row"], free[0]["column"]))
            chosen.append({"why": why, **{k: v for k, v in free[0].items() if k != "printed"}})
    return chosen


def main():
    """Run the chosen command over all tables below the directory and print JSON."""
    if len(sys.argv) != 3 or sys.argv[1] not in ("counts", "figures"):
        sys.exit(__doc__)
    command, top = {"counts": counts, "figures": figures}[sys.argv[1]], Path(sys.argv[2])
    result = {p.relative_to(top).as_posix(): command(Table(p)) for p in sorted(top.rglob("*.csv"))}
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
