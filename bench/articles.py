#!/usr/bin/env python3
"""Invented news, as much as is wanted: JSON Lines that `runut add` reads.

    bench/articles.py 100000 > articles.jsonl

Stories run over weeks or years and are of very different sizes: most have one event, a few have hundreds. An event is told
by one to fifty outlets, in their own words and in six languages; some of them take the text from another one, and say so or
not. Reports of one event share names, numbers, topics and quotations, and now and then give another number. Nothing in it
is true. The same count and seed give the same articles, in the order of their days.
"""
import argparse
import datetime
import json
import random

LANGUAGES = ["id"] * 48 + ["en"] * 28 + ["ms"] * 6 + ["es"] * 7 + ["fr"] * 6 + ["de"] * 5
FIRST = ("Agus Ayu Bayu Citra Dewi Eko Fajar Gita Hadi Indah Joko Kartika Lestari Made Nur Putu Rizal Sari Tono Wati "
         "Anna Bruno Carla David Elena Felix Greta Hugo Irene Jonas Klara Lucas Marta Nadia Oscar Paula Rita Simon").split()
TOWNS = ("Balungan Cirandu Dolokan Empayang Gadung Hulupau Jatimekar Kalimundam Lembata Muarasi Ngaliyan Parigi Rantaupang "
         "Sambera Telukdalam Ulakan Wamori Yosorejo Ashby Brookfield Carrow Dunmore Eastwick Fallham Glenrock Hartwell").split()
KINDS = {
    "id": ["Kementerian", "Bank", "Universitas", "Polres", "Dinas", "PT"],
    "en": ["Ministry of", "Bank", "University of", "Police of", "Council of", "Company"],
}
CONSONANTS, VOWELS = "bcdfghjklmnprstw", "aaeiou"

# {p} {q} persons, {o} body, {t} town, {a} {b} {c} topic words, {n} {m} numbers
TELLS = {
    "id": ["{o} menyatakan {a} di {t} telah mencapai {n} unit sejak pekan lalu.",
           "Menurut data {o}, {n} warga {t} terdampak oleh {a} dan {b}.",
           "{p} meninjau {b} di {t} bersama tim {c}.", "Sebanyak {m} petugas dikerahkan untuk {c} di sekitar {t}.",
           "Pembahasan {a} antara {p} dan {q} berlangsung tertutup di {t}.",
           "Rencana {b} itu disetujui setelah {o} memeriksa {c} selama {m} hari.",
           "Kerugian akibat {a} diperkirakan mencapai {n} juta rupiah.",
           "{q} meminta {o} menghentikan {c} sampai {b} selesai."],
    "en": ["{o} said the {a} in {t} had reached {n} units since last week.",
           "According to {o}, {n} residents of {t} were affected by the {a} and the {b}.",
           "{p} inspected the {b} in {t} together with the {c} team.", "Some {m} officers were sent to the {c} near {t}.",
           "The talks on the {a} between {p} and {q} were held behind closed doors in {t}.",
           "The {b} plan was approved after {o} had examined the {c} for {m} days.",
           "Losses from the {a} are put at {n} million.", "{q} asked {o} to halt the {c} until the {b} is finished."],
    "es": ["{o} informó que el {a} en {t} alcanzó {n} unidades desde la semana pasada.",
           "Según {o}, {n} vecinos de {t} fueron afectados por el {a} y el {b}.",
           "{p} visitó el {b} en {t} junto al equipo de {c}.", "Unos {m} agentes fueron enviados al {c} cerca de {t}.",
           "La reunión sobre el {a} entre {p} y {q} se celebró a puerta cerrada en {t}.",
           "{q} pidió a {o} detener el {c} hasta que termine el {b}."],
    "fr": ["{o} a indiqué que le {a} à {t} avait atteint {n} unités depuis la semaine dernière.",
           "Selon {o}, {n} habitants de {t} ont été touchés par le {a} et le {b}.",
           "{p} a visité le {b} à {t} avec l'équipe du {c}.", "Quelque {m} agents ont été envoyés au {c} près de {t}.",
           "La rencontre sur le {a} entre {p} et {q} s'est tenue à huis clos à {t}.",
           "{q} a demandé à {o} d'arrêter le {c} jusqu'à la fin du {b}."],
    "de": ["{o} teilte mit, dass das {a} in {t} seit voriger Woche {n} Einheiten erreicht habe.",
           "Nach Angaben von {o} sind {n} Einwohner von {t} vom {a} und vom {b} betroffen.",
           "{p} besichtigte das {b} in {t} zusammen mit dem Team für {c}.",
           "Rund {m} Beamte wurden zum {c} bei {t} geschickt.",
           "Das Gespräch über das {a} zwischen {p} und {q} fand in {t} hinter verschlossenen Türen statt.",
           "{q} forderte {o} auf, das {c} zu stoppen, bis das {b} fertig ist."],
}
TELLS["ms"] = [t.replace("menyatakan", "memaklumkan").replace("warga", "penduduk") for t in TELLS["id"]]
SAID = {"id": "“{w},” kata {p}.", "ms": "“{w},” kata {p}.", "en": "“{w},” said {p}.", "es": "«{w}», dijo {p}.",
        "fr": "« {w} », a déclaré {p}.", "de": "„{w}“, sagte {p}."}
WORDS = {
    "id": "kami akan terus mengawal {a} sampai {b} benar benar selesai dan warga {t} merasa tenang",
    "ms": "kami akan terus mengawal {a} sehingga {b} benar benar selesai dan penduduk {t} berasa tenang",
    "en": "we will keep watching the {a} until the {b} is really over and people in {t} can rest",
    "es": "vamos a vigilar el {a} hasta que el {b} termine de verdad y la gente de {t} descanse",
    "fr": "nous allons surveiller le {a} jusqu'à ce que le {b} soit vraiment fini et que {t} se repose",
    "de": "wir werden das {a} beobachten bis das {b} wirklich vorbei ist und {t} zur Ruhe kommt",
}
MORE = {"id": "tidak ada alasan untuk menunda {c} lagi", "ms": "tiada sebab untuk menangguhkan {c} lagi",
        "en": "there is no reason to put off the {c} any longer", "es": "no hay motivo para aplazar más el {c}",
        "fr": "il n'y a aucune raison de repousser encore le {c}", "de": "es gibt keinen Grund das {c} weiter zu verschieben"}
# What a report has besides: {x} {y} words that all news shares, {z} somebody who comes and goes
ASIDES = {
    "id": ["Sementara itu {x} dan {y} masih dibahas, ujar pengamat {z} saat dihubungi.",
           "Pada tahun lalu {x} di wilayah itu pernah dikaitkan dengan {y}.",
           "{z} dari lembaga {x} menilai {y} perlu diperhatikan semua pihak."],
    "en": ["Meanwhile the {x} and the {y} are still being discussed, observer {z} said when contacted.",
           "Last year the {x} in the region had been linked with the {y}.",
           "{z} of the {x} institute thinks that the {y} needs attention from all sides."],
    "es": ["Mientras tanto, el {x} y el {y} siguen en debate, comentó {z}.",
           "El año pasado el {x} de la región se relacionó con el {y}."],
    "fr": ["Entre-temps, le {x} et le {y} restent en débat, a commenté {z}.",
           "L'an dernier, le {x} de la région avait été lié au {y}."],
    "de": ["Unterdessen wird über {x} und {y} noch beraten, sagte {z}.",
           "Im vorigen Jahr wurde {x} in der Region mit {y} in Verbindung gebracht."],
}
ASIDES["ms"] = ASIDES["id"]
HEADS = {"id": "{o} Soal {a} di {t}: {n} Warga Terdampak", "ms": "{o} Mengenai {a} di {t}: {n} Penduduk Terjejas",
         "en": "{o} on {a} in {t}: {n} Affected", "es": "{o} sobre el {a} en {t}: {n} afectados",
         "fr": "{o} sur le {a} à {t} : {n} touchés", "de": "{o} zum {a} in {t}: {n} betroffen"}


def word(rnd, syllables):
    return "".join(rnd.choice(CONSONANTS) + rnd.choice(VOWELS) for _ in range(syllables)) + rnd.choice(["", "n", "r", "s", "k"])


def person(rnd):
    return f"{rnd.choice(FIRST)} {word(rnd, 3).capitalize()}"


class Story:
    """Who and what it is about, and the words of its topic."""

    def __init__(self, rnd):
        self.people = [person(rnd) for _ in range(4)]
        name = word(rnd, 3).capitalize()
        kind = rnd.randrange(6)
        self.body = {language: f"{KINDS['id' if language in ('id', 'ms') else 'en'][kind]} {name}" for language in TELLS}
        self.towns = rnd.sample(TOWNS, 2)
        self.topics = [word(rnd, rnd.choice([2, 3, 3, 4])) for _ in range(8)]
        self.home = rnd.choice(LANGUAGES)

    def event(self, rnd):
        people = rnd.sample(self.people, 2)
        topics = self.topics[:2] + [word(rnd, 3)]
        rnd.shuffle(topics)
        return {"p": people[0], "q": people[1], "t": rnd.choice(self.towns), "a": topics[0], "b": topics[1],
                "c": rnd.choice([topics[2], word(rnd, 3)]), "n": str(rnd.randrange(11, 9000)), "m": str(rnd.randrange(3, 90))}


class World:
    """Words and people that are in the news whatever the story: some often, most seldom."""

    def __init__(self, rnd, count):
        self.rnd = rnd
        self.words = [word(rnd, rnd.choice([2, 3, 4])) for _ in range(20000)]
        self.people = [person(rnd) for _ in range(max(100, count // 3))]

    def one_of(self, many):
        return many[int(len(many) * self.rnd.random() ** 3)]

    def asides(self, language, count):
        for _ in range(count):
            x, y, z = self.one_of(self.words), self.one_of(self.words), self.one_of(self.people)
            yield self.rnd.choice(ASIDES[language]).format(x=x, y=y, z=z)


def upper(text):
    return text[0].upper() + text[1:]


def report(rnd, world, story, event, language):
    facts = dict(event, o=story.body[language])
    if rnd.random() < 0.08:  # another number: reports contradict each other
        facts["n"] = str(int(facts["n"]) + rnd.randrange(1, 9))
    tells = rnd.sample(TELLS[language], rnd.randrange(4, len(TELLS[language]) + 1))
    paragraphs = [t.format(**facts) for t in tells]
    said = SAID[language].format(w=upper(WORDS[language].format(**facts)), p=facts["p"])
    paragraphs.insert(rnd.randrange(1, 3), said)
    if rnd.random() < 0.6:
        paragraphs.append(SAID[language].format(w=upper(MORE[language].format(**facts)), p=facts["q"]))
    paragraphs += world.asides(language, rnd.randrange(2, 14))
    paragraphs[0] = f"{facts['t'].upper()} - {paragraphs[0]}"
    return HEADS[language].format(**facts), "\n".join(paragraphs)


def sizes(rnd, count):
    """Articles of each story: most have one or two, a few have thousands."""
    left = count
    while left > 0:
        size = min(left, 1 + int(rnd.paretovariate(0.9)) - 1, max(20, count // 50))
        yield size
        left -= size


def events_of(rnd, size):
    while size > 0:
        reports = min(size, 50, int(rnd.paretovariate(1.1)))
        yield reports
        size -= reports


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--years", type=int, default=11)
    given = options.parse_args()
    rnd = random.Random(given.seed)
    world = World(rnd, given.count)
    outlets = [(f"{rnd.choice(['Harian', 'Kabar', 'The', 'Radar', 'El', 'Koran'])} {word(rnd, 3).capitalize()}") for _ in range(400)]
    weights = [1 / (i + 3) for i in range(400)]
    first, days = datetime.date(2026 - given.years, 1, 1), given.years * 365
    out = []
    for size in sizes(rnd, given.count):
        story = Story(rnd)
        day = rnd.randrange(days)
        for reports in events_of(rnd, size):
            event, told = story.event(rnd), {}
            for _ in range(reports):
                language = story.home if rnd.random() < 0.75 else rnd.choice(LANGUAGES)
                taken = told.get(language) if rnd.random() < 0.25 else None
                headline, body = taken or report(rnd, world, story, event, language)
                told[language] = (headline, body)
                outlet = rnd.choices(outlets, weights)[0]
                when = first + datetime.timedelta(days=(day + int(rnd.random() ** 4 * 5)) % days)
                out.append((when, len(out), {"publisher": outlet, "headline": headline, "author": [person(rnd)], "datePublished": when.isoformat(),
                                             "inLanguage": language, "articleBody": body}))
            day = (day + 2 + int(rnd.paretovariate(0.7)) % 400) % days
    for i, (when, _, article) in enumerate(sorted(out, key=lambda o: o[:2])):
        print(json.dumps({"id": f"invented-{i + 1}", "url": f"https://news.example/{i + 1}", **article}, ensure_ascii=False))


if __name__ == "__main__":
    main()
