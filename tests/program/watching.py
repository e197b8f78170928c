"""What the tests of runut watch share: pages, feeds, and a pass over them."""
import json

from misbehaving import Answer
from tap import runut

WORDS = ("Pemerintah Kabupaten Sukamaju membuka jembatan baru di atas Sungai Arung pada hari Senin setelah tiga tahun "
         "pembangunan. Bupati Rahmat Hidayat mengatakan jembatan itu akan memperpendek perjalanan warga dari dua jam "
         "menjadi dua puluh menit. Warga desa menyambut pembukaan jembatan dengan doa bersama dan makan siang. ")
OTHER = ("Tim penyelamat mencari dua nelayan yang hilang di Laut Selatan sejak Selasa malam. Kepala Kantor Pencarian, "
         "Dewi Lestari, mengatakan tiga kapal dikerahkan ke lokasi. Gelombang setinggi empat meter menyulitkan "
         "pencarian, dan keluarga korban menunggu di dermaga sampai pagi. ")


def page(headline, text=WORDS, more=""):
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{headline}</title></head><body><article><h1>{headline}</h1>"
            + "".join(f"<p>{text} Alinea {n}.</p>" for n in ("satu", "dua", "tiga")) + f"</article>{more}</body></html>")


def feed(*items):
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            "<channel><title>Kabar Uji</title><link>/</link>" + "".join(items) + "</channel></rss>")


def teaser(link, title="Judul", more=""):
    return f"<item><title>{title}</title><link>{link}</link><description>Pendek saja.</description>{more}</item>"


def full(link, title, text=WORDS):
    return (f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><content:encoded><![CDATA["
            + "".join(f"<p>{text} Alinea {n}.</p>" for n in ("satu", "dua", "tiga")) + "]]></content:encoded></item>")


def rss(*items, **more):
    return Answer(feed(*items), **{"Content_Type": "application/rss+xml", **more})


def watch(folder, *words, private=True):
    """One pass without waiting; its news as objects besides."""
    more = ["--allow-private"] if private else []
    done = runut("watch", "--once", "--json", "--delay", 0, "--timeout", 3, "--retry", 1, "--db", folder / "x.db", *more, *words)
    done.news = [json.loads(line) for line in done.out.splitlines()]
    return done


def stored(folder):
    return [json.loads(line) for line in runut("export", "--db", folder / "x.db").out.splitlines()]


def statuses(done):
    return sorted(n["status"] for n in done.news)
