#!/usr/bin/env python3
"""make_news_sentences.py [COUNT] > news.tsv

Invented Indonesian news sentences, "token TAB label" a line as in NERGrit, that tools/train_names.py trains on beside it: an
encyclopedia has few titles, few bodies and nobody who speaks. Patterns are written as newsrooms write; their slots are
filled from lists below and from data/gazetteer.tsv, data/known_names.tsv and data/person_names.tsv. Nothing in it is taken
from a report. Written for runut, Apache-2.0. The same seed gives the same sentences.
"""
import os
import random
import re
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data")

GIVEN = """Adi Agus Agung Ahmad Aisyah Akbar Aldi Amir Andi Andika Anisa Anton Ari Arif Asep Bagas Bagus Bambang Bayu Benny Budi
Cahyo Chandra Citra Daniel Darma Dedi Deni Desi Dewi Dian Didik Dimas Djoko Doni Dwi Edi Eka Eko Endang Erna Fadli Fajar
Farida Fauzan Feri Fitri Galih Gatot Gede Gilang Hadi Hafiz Hamdan Hari Hartono Hendra Heri Hesti Husni I Ibnu Ida Ilham Imam
Indah Indra Irfan Irma Iwan Jaka Joko Kadek Kartika Komang Kurnia Laila Lestari Lilis Lukman Made Maria Markus Maya Mega
Muhammad Mulyadi Nanang Nia Novi Nur Nurul Nyoman Oki Putri Putu Rahmat Rani Ratna Reza Rian Ridwan Rina Rini Rizky Robert
Rudi Rusdi Samuel Santi Sari Sigit Siti Slamet Sri Sugeng Suharto Sukma Sulastri Supriyadi Surya Susanto Syahrul Taufik Teguh
Tini Titik Tri Umar Untung Wahyu Wawan Wayan Widya Wulan Yani Yanto Yoga Yohanes Yudi Yuli Yusuf Zainal Zulkifli""".split()
FAMILY = """Abdullah Adriansyah Alatas Ambarwati Anggraini Ardiansyah Arifin Aritonang Batubara Budiman Damanik Darmawan
Djamal Fauzi Ginting Gunawan Hakim Halim Harahap Hasan Hasibuan Hidayat Hutagalung Hutapea Ibrahim Iskandar Ismail Kambu
Kurniawan Kusuma Laksono Latief Lubis Manurung Mappasessu Marpaung Maulana Mulyono Nababan Nainggolan Nasution Nugroho
Pangaribuan Panjaitan Permana Pertiwi Prakoso Pranata Prasetyo Pratama Pratiwi Purnomo Rahardjo Rahman Rahmawati Ramadhan
Rumbiak Sagala Saputra Saragih Sembiring Setiawan Siahaan Sihombing Simanjuntak Sinaga Siregar Sitorus Subagyo Sudirman
Suherman Sukarno Suryadi Susilo Sutanto Syafii Tambunan Tanjung Tarigan Utami Wahyuni Wibowo Widodo Wijaya Wirawan Yulianto
Zakaria""".split()
FIELDS = """Kesehatan|Pendidikan|Perhubungan|Pertanian|Sosial|Keuangan|Perdagangan|Perindustrian|Kelautan dan Perikanan|
Kehutanan|Lingkungan Hidup|Pekerjaan Umum|Tenaga Kerja|Agama|Hukum dan HAM|Pertahanan|Luar Negeri|Dalam Negeri|Pariwisata|
Komunikasi dan Informatika|Energi dan Sumber Daya Mineral|Pemuda dan Olahraga|Koperasi dan UKM|Kebudayaan|Perumahan Rakyat|
Ketahanan Pangan|Peternakan|Kependudukan dan Catatan Sipil|Pemberdayaan Perempuan|Perpajakan|Kepegawaian|Penanaman Modal"""
FIELDS = [f.strip() for f in FIELDS.replace("\n", "").split("|")]
WORDS = """Abadi Adil Agung Alam Amanah Anugerah Bahari Bakti Bangsa Baru Bersama Bhakti Bina Buana Bumi Cahaya Cakra Cendana
Cendekia Cipta Citra Damai Delima Dharma Duta Fajar Garuda Gemilang Global Harapan Indah Indo Insan Intan Jaya Karya Kasih
Kencana Lentera Lestari Lima Makmur Mandiri Maju Mega Mekar Melati Merdeka Mitra Mulia Mutiara Nusa Nusantara Pelita Perdana
Persada Pertiwi Prima Purnama Putra Rakyat Raya Rimba Samudra Sari Sejahtera Sejati Sentosa Setia Sinar Sriwijaya Sukses
Surya Tirta Tunas Utama Wahana Wijaya""".split()
FOREIGN = "Ivan Petra Johan Elena Pierre Sofia Kenji Mei Carlos Fatima Olga Ahmed John Emma Hiroshi Anna Nguyen Tran Kim Park".split()
TITLES = """Presiden|Wakil Presiden|Menteri {f}|Wakil Menteri {f}|Gubernur {l}|Wakil Gubernur {l}|Bupati {l}|Wali Kota {l}|
Wakil Bupati {l}|Camat {l}|Kepala Desa {l}|Kapolres {l}|Kapolda {l}|Kapolsek {l}|Dandim {l}|Kepala {o}|Ketua {o}|Direktur {o}|
Direktur Utama {o}|Sekretaris {o}|Juru Bicara {o}|Humas {o}|Rektor {o}|Anggota {o}|Komandan {o}|Manajer {o}|Kabid Humas {o}|
Kasat Reskrim {o}|Pelatih {c}|Kapten {c}|Perdana Menteri {n}|Menteri Luar Negeri {n}|Duta Besar {n}|Presiden {n}|Sekda {l}|
Plt Bupati {l}|Penjabat Gubernur {l}|Sekretaris Jenderal {o}|Wakil Ketua {o}|Kepala Dinas {f} {l}|Peneliti {o}|Dosen {o}"""
TITLES = [t.strip() for t in TITLES.replace("\n", "").split("|")]
SMALL = """warga|petani|nelayan|dokter|pengacara|saksi mata|korban|tersangka|terdakwa|peneliti|dosen|pelatih|penyanyi|aktivis|
pengusaha|guru|hakim|jaksa|relawan|pengamat politik|juru bicara {o}|kuasa hukum {o}|istri korban|pedagang|mahasiswa|
sopir truk|wartawan|ketua panitia|pemilik rumah|ekonom {o}|striker {c}|penjaga gawang {c}|mantan menteri|artis|sutradara"""
SMALL = [t.strip() for t in SMALL.replace("\n", "").split("|")]
RANKS = ["AKBP", "Kombes Pol", "Kompol", "AKP", "Iptu", "Letkol Inf", "Brigjen TNI", "Dr", "dr", "Prof", "Ir", "H", "KH", "Drs"]
BODIES = """Dinas {f} {d}|Dinas {f} {d}|Dinas {f} {d}|Dinas {f} {l}|Dinas {f}|Kementerian {f}|Universitas {w}|Universitas Negeri {l}|Universitas {w} {w}|Institut Teknologi {l}|
Politeknik Negeri {l}|PT {w} {w}|PT {w} {w} {w}|CV {w} {w}|PT {w} {w} Tbk|Bank {w}|Bank {w} {w}|Yayasan {w} {w}|
Lembaga {w} {w}|Rumah Sakit {w} {w}|RSUD {l}|RSUD dr {g}|RS {w} {w}|Puskesmas {l}|Polres {l}|Polda {l}|Polsek {l}|Polrestabes {l}|
Kejaksaan Negeri {l}|Kejaksaan Tinggi {l}|Pengadilan Negeri {l}|Pengadilan Tinggi {l}|Kodim {l}|BPBD {l}|BPBD {d}|KPU {l}|Bawaslu {l}|
DPRD {l}|DPRD {d}|DPRD Provinsi {l}|Pemkab {l}|Pemkot {l}|Pemprov {l}|Badan {f} Nasional|Badan {f} Daerah {l}|Komisi {f}|Partai {w}|
Partai {w} {w}|Persatuan {w} {l}|Asosiasi Petani {l}|Serikat Buruh {w}|Forum Warga {l}|Himpunan Nelayan {l}|SMA Negeri {#} {l}|
SMP Negeri {#} {l}|SD Negeri {#} {l}|SMK {w} {w}|SMAN {#} {l}|Pondok Pesantren {w} {w}|Kantor Imigrasi {l}|Majelis Ulama {l}|
Koperasi {w} {w}|Aliansi Jurnalis {l}|Pusat Studi {f} {w}|Kedutaan Besar {n}|Komite {f} {l}|Balai {f} {l}|Basarnas {l}|
Kantor SAR {l}|Kamar Dagang {l}|Stasiun Meteorologi {l}|Satpol PP {l}|Walhi {l}|LBH {l}|Perum {w}|Pos Pengamatan Gunung {v}|Balai Taman Nasional {v}|Pusat Studi {w} Indonesia|Lembaga Penelitian {w} {w}|Dewan Perwakilan Rakyat Daerah {d}|
Serikat Petani {w}|Badan Pengawas {f}|Ombudsman|Mahkamah {w}|Komisi Pemberantasan {w}|Ikatan Dokter {l}|Kementerian {f} {n}|{a}|{a}|{a}|{a}|{a}"""
BODIES = [b.strip() for b in BODIES.replace("\n", "").split("|")]
OUTLETS = ["Koran {w}", "Harian {w}", "Radio {w}", "{w} TV", "{w}news.com", "{w}.co.id", "Suara {w}", "Kabar {l}", "Tribun {l}", "{a}"]
LONG = ["Pengadilan Negeri (PN) {l}", "Pengadilan Tinggi (PT) {l}", "Dinas Kesehatan (Dinkes) {l}", "Kementerian {f}, {f}, dan {f}",
        "Badan {f}, {f}, dan {f}", "Dinas Pekerjaan Umum (PU) {l}", "PT {w} {w} (Persero)", "Rumah Sakit Umum Daerah (RSUD) {l}"]
CLUBS = ["Persi{q} {l}", "PS {w}", "{w} FC", "{l} United", "PS{Q} {l}", "{w} {l} FC", "Bina {w}", "FC {l}"]
PLACES = """{l}|{l}|{l}|{l}|{n}|{n}|Kabupaten {l}|Kota {l}|Kecamatan {v}|Desa {v}|Kelurahan {v}|Provinsi {l}|Gunung {v}|Sungai {v}|
Pulau {v}|Jalan {w} {w}|Jalan {g} {F}|Bandara {g} {F}|Pelabuhan {v}|Terminal {v}|Pasar {v}|Stasiun {v}|Danau {v}|Pantai {v}|
Teluk {v}|Lapangan {w}|Stadion {w} {w}|Dusun {v}|Kampung {v}|Hotel {w} {w}|Masjid {w} {w}|Jembatan {v}|Dermaga {w}|Bukit {v}|Benteng {v}|Museum {w}|Candi {v}|Waduk {v}|Bendungan {v}|
Perumahan {w} {w}|Gedung {w}|Istana {w}|Taman {w}|Selat {v}|Laut {v}|Hutan {v}|{v}|{v}"""
PLACES = [p.strip() for p in PLACES.replace("\n", "").split("|")]
THINGS = """Idul Fitri|Natal|Tahun Baru|Piala Dunia|Piala Presiden|Liga 1|Operasi Lilin|Covid-19|Undang-Undang Cipta Kerja|
Hari Kemerdekaan|Pemilu 2024|Pilkada|APBD|Ramadan|Operasi Ketupat|Perang Dunia II|Festival Danau|Hari Pahlawan|Rapat Kerja Nasional|
Alquran|Jumat|Senin|Selasa|Rabu|Kamis|Sabtu|Minggu|Tuhan|Islam|Kristen|Facebook|Rupiah|Bahasa Indonesia|Honda Jazz"""
THINGS = [t.strip() for t in THINGS.replace("\n", "").split("|")]
DAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()
SYLLABLES = "ba be bo bu da do ga gu ka ke ko ku la le li lo lu ma me mo mu na no nu pa pe po ra re ri ro sa se si so su ta te ti to tu wa ya".split()
ENDS = "ng n r s t k l h m".split() + [""] * 9

SENTENCES = """
<T> <P> mengatakan banjir merendam # rumah di <L>.
<T> <P> menyebut kerugian mencapai Rp # miliar, @D.
"Kami masih menunggu hasilnya," kata <T> <P> di <L>, @D.
"Semua sudah sesuai aturan," ujar <P>, <t> asal <L>.
<P>, <t>, mengaku tidak mendengar peringatan apa pun.
<P> (#), <t>, ditemukan selamat di <L>.
Menurut <P>, bantuan baru tiba di <L> pada @D malam.
Menurut <O>, gempa itu berpusat di <L>.
<O> menetapkan <P> sebagai tersangka kasus korupsi di <L>.
<O> dan <O> menandatangani kerja sama di <L>, @D.
Polisi menangkap <P> di <L> setelah buron # tahun.
Kecelakaan di <L>, <L>, menewaskan # orang, termasuk <P>.
Longsor menutup jalan di <L>, <L>, <L>.
Longsor menutup akses ke <L>, kata <T>, <P>.
<T>, <P>, membantah kabar tersebut.
Kepada <O>, <P> mengaku menyesal.
<T> <P> bertemu <T> <P> di <L>.
<P> dan <P> hadir dalam peringatan @X di <L>.
<C> mengalahkan <C> 2-1 di <L>, @D.
Pelatih <C> <P> memuji penampilan anak asuhnya.
Gol <C> dicetak <P> pada menit ke-#.
<O> menggelar @X di <L>.
Ribuan warga <L> mengungsi akibat letusan <L>.
Harga beras di <L> naik menjadi Rp # per kilogram.
<O> melaporkan # kasus baru di <L> dan <L>.
Kapal itu berlayar dari <L> menuju <L> ketika tenggelam.
Hakim <O> memvonis <P> # tahun penjara.
<P> terpilih sebagai ketua <O> periode 2024-2029.
Pemerintah <N> meminta <N> menahan diri.
Pemerintah <L> mengalokasikan Rp # miliar untuk @X.
<P> meninggal dunia di <O>, @D pagi.
Jenazah <P> dimakamkan di <L>.
Demikian dilaporkan <O>, @D.
Dilansir <O>, pesawat itu jatuh di <L>.
Mahasiswa <O> berunjuk rasa di depan kantor <O>.
Bupati <l> <P> meresmikan <O> pada @D.
Kebakaran melanda <L> di <L>, @D dini hari.
<P> bersama suaminya, <P>, membuka warung di <L>.
Istri <P>, <P>, menangis saat mendengar putusan itu.
<T> <P> tiba di <L> setelah bertemu <T>.
Tersangka <P> dibawa ke <O>.
Konser <P> di <L> batal digelar.
Film itu dibintangi <P> dan <P>.
Saham <O> turun # persen, kata analis <O>, <P>.
Tim gabungan <O> mencari korban di <L>.
Siswa <O> meraih medali emas di <L>.
Sebelumnya, <P> menjabat direktur <O>.
<L> diguyur hujan sejak @D, sementara <L> masih kering.
Unjuk rasa di depan <O> berakhir ricuh.
Ketua umum <O> <P> mengimbau kadernya tidak terpancing.
Saat itu <P> sedang berada di <L> bersama keluarganya.
Pasukan <N> mundur dari <L>, lapor <O>.
Warga <L> bernama <P> melapor ke <O>.
Kepala <O>, <P>, dan <T>, <P>, meninjau lokasi.
"Tidak benar," tulis <P> melalui akun resminya.
<P> mengajukan banding ke <O>.
Proyek yang dikerjakan <O> itu berada di <L>.
<O> meminta <T> <P> menjelaskan penggunaan anggaran.
Setelah @X, <T> <P> akan melantik pengurus <O>.
Ia lahir di <L> dan belajar di <O>.
Demikian dikutip dari <H>, @D.
Dilansir <H>, <P> sudah kembali ke <L>.
Kepada <H>, <T> <P> membantah tudingan itu.
KM <w> <w> tenggelam di perairan <L>.
KRI <w> berlayar ke <L> bersama <P>.
Piala <w> batal digelar di <L>.
Undang-Undang <f> akan diubah.
Operasi <w> digelar di <L> hingga @D.
Rancangan Undang-Undang <f> dibahas <O>.
<P> (#), warga <L>, kehilangan rumahnya.
<P>, # tahun, mengaku dipukul petugas <O>.
Nilainya # miliar dolar AS.
Kerugian ditaksir # juta dolar Singapura, kata <P>.
Dolar Amerika menguat terhadap rupiah, @D.
<B> memvonis terdakwa # tahun penjara.
<B> menolak permohonan <P>.
Utusan <N> hadir, <N> tidak.
<N> dan <N> berunding di <L>.
Hubungan <N>-<N> memburuk sejak tahun lalu.
Gubernur menyebut desa di <L>, <L>, <L>.
Ombak merobohkan dermaga di <L>, kata <P>.
"Kami menolak," kata <P> kepada <H>.
Pantauan <H> di <L>, lalu lintas macet.
<P> adalah putra <P>.
<P> kemudian menelepon <P>, adiknya yang tinggal di <L>.
Acara itu dihadiri <T> <P>, <T> <P>, dan <T> <P>.
Adapun <P> masih diperiksa di <O>.
Namun, <P> menolak berkomentar.
Meski begitu, <O> belum menerima laporan.
Tahun ini <L> menjadi tuan rumah @X.
Jakarta - <T> <P> akan mengunjungi <L>.
<L> - <O> memeriksa # saksi.
Wisatawan asal <N> hilang di <L>.
Bahasa <N> diajarkan di <O>.
Warga Negara <N> ditahan <O>.
Lomba itu diikuti siswa dari <O>, <O>, dan <O>.
Bus jurusan <L>-<L> terguling di <L>.
Jalan penghubung <L> dan <L> putus.
Menteri itu berkantor di <L>.
Pembicara lain adalah <P> dari <O> dan <P> dari <O>.
<O> (<A>) mencatat # gempa susulan di <L>.
Api padam dalam # jam, kata Kepala <O> <P>.
Penyebabnya belum diketahui, ujar Ketua <O> <P>.
Kepala <O> <P> meminta warga menjauhi <L>.
Humas <O> <P> membenarkan penangkapan itu.
Menurut Juru Bicara <O> <P>, korban dirawat di <O>.
Nakhoda <P> selamat dan dirawat di <O>.
Sekitar # warga <L> mengungsi ke <L>.
Tim dari <O> meneliti fosil di <L>.
Delegasi <N> yang dipimpin <P> mendarat di <L>.
""".strip().split("\n")


def rows(name):
    for line in open(os.path.join(DATA, name), encoding="utf-8"):
        if not line.startswith("#"):
            yield line.rstrip("\n").split("\t")


def title(form):
    return re.sub(r"(^| )(\w)", lambda m: m.group(1) + m.group(2).upper(), form)


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        plain = re.compile(r"^[a-z' ]{4,}$")
        self.towns, self.countries, self.acronyms, self.given = [], [], [], []
        for kind, key, forms, *_ in rows("gazetteer.tsv"):
            first = forms.split("|")[0]
            if kind in "RCc" and key.startswith("ID") and plain.match(first):
                self.towns.append(title(first))
        for kind, _, languages, _, forms in rows("known_names.tsv"):
            if kind == "O" and ("id" in languages.split() or languages == "*"):
                self.acronyms += [f for f in forms.split("|")[:2] if not re.search(r"[^\w .-]", f)]
        for row in rows("known_names.tsv"):
            if row[0] == "P" and "id" in row[2].split() and row[3]:
                self.countries.append(row[3])
        self.countries += """Korut|Korsel|AS|RI|Inggris|Jepang|Rusia|Ukraina|Prancis|Jerman|Malaysia|Singapura|Thailand|Filipina|Australia|India|Tiongkok|Mesir|
Turki|Belanda|Inggris|Italia|Spanyol|Brasil|Vietnam|Myanmar|Kamboja|Iran|Irak|Suriah|Israel|Palestina|Yaman|Kanada""".replace("\n", "").split("|")
        for kind, forms in rows("person_names.tsv"):
            self.given += [title(f) for f in forms.split("|") if plain.match(f)]

    def village(self):
        word = lambda: "".join(self.r.choice(SYLLABLES) for _ in range(self.r.choice((2, 2, 3)))) + self.r.choice(ENDS)
        return title(word() + (" " + word() if self.r.random() < 0.3 else ""))

    def person(self):
        x, pick = self.r.random(), self.r.choice
        first = pick(GIVEN) if x < 0.7 else pick(self.given) if x < 0.9 else self.village()
        count = pick((0, 1, 1, 1, 1, 2, 2))
        rest = [pick(FAMILY) if self.r.random() < 0.6 else pick(GIVEN) if self.r.random() < 0.6 else self.village() for _ in range(count)]
        if count and self.r.random() < 0.05:
            rest.insert(0, pick(("bin", "binti")))
        if count and x > 0.8:
            first, rest = pick(FOREIGN + self.given), [pick(self.given) for _ in range(min(count, 2))]
        return " ".join([first] + rest)

    def fill(self, pattern):
        def slot(match):
            kind, pick = match.group(1), self.r.choice
            if kind == "d":
                return pick(("Kabupaten ", "Kota ")) + self.fill("{l}")
            if kind == "l":
                return self.village() if self.r.random() < 0.25 else pick(self.towns)
            return {"f": lambda: pick(FIELDS), "w": lambda: pick(WORDS), "g": lambda: pick(GIVEN), "F": lambda: pick(FAMILY),
                    "n": lambda: pick(self.countries), "v": self.village, "a": lambda: pick(self.acronyms),
                    "#": lambda: str(self.r.randint(1, 40)), "q": lambda: pick(("ba", "ka", "go", "ma", "ta", "ra")),
                    "Q": lambda: pick(("MS", "IM", "KB", "BS", "TL"))}[kind]()
        return re.sub(r"{(.)}", slot, pattern)

    def parts(self, pattern):
        """(text, label) of a title's pattern; what is in {l}, {n}, {o} or {c} is a name of its own"""
        for text in re.split(r"({[lnoc]})", pattern):
            if text in ("{l}", "{n}"):
                yield self.fill(text), "PLACE"
            elif text == "{o}":
                yield self.fill(self.r.choice(BODIES)), "ORGANISATION"
            elif text == "{c}":
                yield self.fill(self.r.choice(CLUBS)), "ORGANISATION"
            elif text:
                yield self.fill(text), ""

    def pieces(self, pattern):
        pick = self.r.choice
        for text in re.split(r"(<.>|@.)", pattern):
            if text == "<P>":
                if self.r.random() < 0.12:
                    yield pick(RANKS), ""
                yield self.person(), "PERSON"
            elif text == "<T>":
                yield from self.parts(pick(TITLES))
            elif text == "<t>":
                yield from self.parts(pick(SMALL))
            elif text == "<O>":
                yield self.fill(pick(BODIES)), "ORGANISATION"
                if self.r.random() < 0.06:
                    yield "(", ""
                    yield "".join(pick("ABDFGHIKLMPRSTU") for _ in range(pick((3, 3, 4, 5)))), "ORGANISATION"
                    yield ")", ""
            elif text == "<A>":
                yield "".join(pick("ABDFGHIKLMPRSTU") for _ in range(pick((3, 3, 4, 5)))), "ORGANISATION"
            elif text == "<H>":
                yield self.fill(pick(OUTLETS)), "ORGANISATION"
            elif text == "<B>":
                yield self.fill(pick(LONG)), "ORGANISATION"
            elif text in ("<w>", "<f>"):
                yield self.fill("{%s}" % text[1]), ""
            elif text == "<C>":
                yield self.fill(pick(CLUBS)), "ORGANISATION"
            elif text in ("<L>", "<l>", "<N>"):
                yield self.fill(pick(PLACES) if text == "<L>" else "{l}" if text == "<l>" else "{n}"), "PLACE"
            elif text == "@X":
                yield pick(THINGS), ""
            elif text == "@D":
                yield pick(DAYS) + pick(("", "", " (%d/%d)" % (self.r.randint(1, 28), self.r.randint(1, 12)))), ""
            elif text:
                yield text.replace("#", str(self.r.randint(2, 90))), ""

    def sentence(self):
        out = []
        for text, label in self.pieces(self.r.choice(SENTENCES)):
            words = re.findall(r"\w+(?:\.\w+)+|\w+|[^\w\s]", text)
            out += [(w, (("I-" if i else "B-") + label) if label else "O") for i, w in enumerate(words)]
        return out


def main():
    maker = Maker(1)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2500):
        print("\n".join("%s\t%s" % row for row in maker.sentence()), end="\n\n")


main()
