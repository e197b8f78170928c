"""The list of hostile inputs: what each is, why it is nasty, and what runut must make of it.

An input is a function that writes it below a folder. expected.tsv has a line for each: how many articles `runut add` must
store of it, and the messages that it must print about it, "N × message" a column, and nothing else."""
import dataclasses
import pathlib
import typing

GOOD = ("Kabar {mark} dari Desa Sukamulya\n\nHujan deras sejak Senin malam merendam rumah warga di tepi sungai, kata kepala desa "
        "dalam laporan {mark}. Warga mengungsi ke balai desa, dan bantuan datang dari kota pada sore harinya.\n")


def good(mark):
    """A report that must come through; `mark` is a word that no other one has."""
    return GOOD.format(mark=mark)


def body(mark):
    return good(mark).partition("\n\n")[2].strip()


def mark(name, number=0):
    """A word made of an input's name."""
    word = "".join(c for c in name if c.isascii() and c.isalpha())
    return "Q" + word.lower() + "abcdefghijklmnopqrstuvwxyz"[number // 26] + "abcdefghijklmnopqrstuvwxyz"[number % 26] + "q"


def read_expected():
    """{path: (articles, {message: how many})}"""
    out = {}
    for line in (pathlib.Path(__file__).parent / "expected.tsv").read_text(encoding="utf-8").splitlines():
        path, articles, *said = line.split("\t")
        messages = {}
        for one in said:
            count, _, message = one.partition(" × ")
            messages[message] = int(count)
        out[path.replace("\\n", "\n")] = int(articles), messages
    return out


EXPECTED = read_expected()


@dataclasses.dataclass
class Case:
    path: str
    why: str
    write: typing.Callable

    @property
    def articles(self):
        return EXPECTED.get(self.path, (0, {}))[0]

    @property
    def messages(self):
        return EXPECTED.get(self.path, (0, {}))[1]


CASES = []


def case(path, why):
    """Registers an input. Its function takes the Place and gives its bytes, or None where it wrote by itself."""
    def register(write):
        CASES.append(Case(path, why, write))
        return write
    return register


@dataclasses.dataclass
class Place:
    """Where an input is to be written, and how large."""
    path: bytes
    whole: bool  # full size; else what is quick
    port: int  # of a server that nobody may ask

    def size(self, whole, everyday):
        return whole if self.whole else everyday
