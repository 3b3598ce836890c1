"""Computes what the receivables ledger beside this file must come to, with nothing of the
product's own code: csv, decimal and datetime. Writes receivables-expected.json.

    python3 tests/data/expected.py
"""

import csv
import json
import pathlib
from collections import defaultdict
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

HERE = pathlib.Path(__file__).parent
AS_OF = ["2013-12-31", "2014-12-31"]


def rounded(value):
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(part, whole):
    return rounded(Decimal(part) * 10000 / Decimal(whole)) if whole > 0 else None


def day(text):
    return datetime.strptime(text, "%d/%m/%Y").date()


def invoices():
    with open(HERE / "receivables-2012-2013.csv", encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "code": row["customerID"],
                "issued": day(row["InvoiceDate"]),
                "due": day(row["DueDate"]),
                "settled": day(row["SettledDate"]) if row["SettledDate"] else None,
                "fen": rounded(Decimal(row["InvoiceAmount"]) * 100),
                "disputed": {"Yes": True, "No": False}[row["Disputed"]],
            }


def figures(rows, before, open_ones, as_of):
    settled = lambda row: row["settled"] if row["settled"] and row["settled"] <= as_of else None
    late = lambda row: max(0, ((settled(row) or as_of) - row["due"]).days)
    past = [row for row in rows if row["fen"] > 0 and (settled(row) or row["due"] < as_of)]
    overdue = [row for row in open_ones if row["fen"] > 0 and not settled(row) and row["due"] < as_of]
    sales = sum(row["fen"] for row in rows)
    due = sum(row["fen"] for row in past)
    on_time = sum(row["fen"] for row in past if late(row) == 0)
    positive = sum(row["fen"] for row in rows if row["fen"] > 0)
    disputed = sum(row["fen"] for row in rows if row["fen"] > 0 and row["disputed"])
    return {
        "invoices": len(rows),
        "sales": sales,
        "due_amount": due,
        "on_time_amount": on_time,
        "on_time": share(on_time, due),
        "average_days_overdue": rounded(Decimal(sum(map(late, past))) / len(past)) if past else None,
        "worst_days_overdue": max(map(late, past)) if past else None,
        "overdue_now": sum(row["fen"] for row in overdue),
        "overdue_days": max(map(late, overdue), default=0),
        "disputed_share": share(disputed, positive),
        "growth": share(sales - before, before) if before else None,
    }


def main():
    rows = list(invoices())
    by_customer = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_customer[row["code"]][row["issued"].year].append(row)
    result = {
        "invoices": len(rows),
        "customers": len(by_customer),
        "sales": {
            str(year): sum(row["fen"] for row in rows if row["issued"].year == year)
            for year in sorted({row["issued"].year for row in rows})
        },
        "as_of": {},
    }
    for text in AS_OF:
        as_of = datetime.strptime(text, "%Y-%m-%d").date()
        of_day = result["as_of"][text] = {}
        for code in sorted(by_customer):
            years = by_customer[code]
            of_day[code] = {}
            for year in sorted(years):
                before = sum(row["fen"] for row in years.get(year - 1, []))
                so_far = [row for other in years for row in years[other] if other <= year]
                of_day[code][str(year)] = figures(years[year], before, so_far, as_of)
    with open(HERE / "receivables-expected.json", "w", encoding="ascii", newline="\n") as file:
        days = []
        for text, customers in result["as_of"].items():
            lines = ",\n".join(f"  {json.dumps(code)}: {json.dumps(years)}" for code, years in customers.items())
            days.append(f"{json.dumps(text)}: {{\n{lines}\n}}")
        head = json.dumps({key: value for key, value in result.items() if key != "as_of"})
        file.write(head[:-1] + ', "as_of": {' + ", ".join(days) + "}}\n")


main()
