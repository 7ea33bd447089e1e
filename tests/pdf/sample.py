"""A combined letter to typeset in tests: the bundled letter's own words, with invented people, marks and logos."""

from __future__ import annotations

import io
import math
from hashlib import sha256
from typing import Literal

from PIL import Image, ImageDraw

from crsv_desk.domain.blocks import Block, Kind, Span
from crsv_desk.domain.marks import Drawing, Mark, Point
from crsv_desk.domain.paper import Attachment, CombinedLetter, LetterText, Person, Signatory, SignOff

NOTICE = "VOORBEELD, niet ondertekend door deze organisaties"
LEAD = "WO=MEN, Dutch Gender Platform"
PARTNERS = (
    "CARE Nederland",
    "Dr. Denis Mukwege Foundation",
    "Oxfam Novib Nederland",
    "Plan International Nederland",
)
_OTHERS = (
    ("Vereniging Vrede Nu Hier Leiden", ""),
    ("Réseau Gelijke Stem Juba", ""),
    ("Hội Phụ nữ vì Hòa bình", ""),
    ("صوت النساء للسلام", "Sawt an-Nisa lis-Salam"),
    ("የሴቶች ድምፅ ለሰላም", "Yesetoch Dimts"),
    ("Жіноча мережа миру", "Zhinocha Merezha Myru"),
    ("ငြိမ်းချမ်းရေး အမျိုးသမီးကွန်ရက်", "Nyein Chan Yay Women’s Network"),
    ("Stichting Moeders en Grootmoeders voor Vrede, Gerechtigheid en Herstel in de regio van de Grote Meren", ""),
)

_TEXT: tuple[tuple[Kind, str], ...] = (
    (
        "paragraph",
        "Tijdens het recente rondetafeldebat over conflictgerelateerd seksueel geweld (CRSV) werd opnieuw "
        "pijnlijk duidelijk dat dit geweld in verschillende conflictgebieden niet incidenteel is, maar "
        "doelbewust wordt ingezet als strategisch oorlogswapen. In een context van wereldwijd escalerende "
        "conflicten en een klimaatcrisis, die bestaande ongelijkheden, voedselonzekeerheid, druk op "
        "natuurlijke hulpbronnen en gedwongen verplaatsing verder vergroot, neemt het risico op seksueel "
        "geweld bovendien aanzienlijk toe. De getuigenissen bevestigden dat seksueel geweld systematisch "
        "wordt gebruikt om bevolkingen te terroriseren, gemeenschappen te ontwrichten en sociale cohesie te "
        "ondermijnen.",
    ),
    ("heading", "Integrale aanpak CRSV en verantwoording"),
    (
        "paragraph",
        "Deze realiteit vraagt om meer dan een louter humanitaire response. De gevolgen van CRSV zijn "
        "levensingrijpend en transgenerationeel. Het leed eindigt niet wanneer het geweld stopt, maar stapelt"
        " zich over de tijd op bij gebrek aan zorg, erkenning en gerechtigheid. Een effectieve aanpak van "
        "CRSV staat of valt met geloofwaardige en afdwingbare accountability. Het huidige gebrek aan "
        "consistente politieke, diplomatieke en juridische consequenties draagt bij aan een klimaat van "
        "straffeloosheid waarin daders en faciliterende staten nauwelijks worden afgeschrikt, laat staan "
        "gestopt. Nederland kan hierin een voortrekkersrol spelen door actief bij te dragen aan de "
        "versterking van internationale verantwoordingsmechanismen, waaronder het Internationaal Strafhof en "
        "VN-onderzoeksmisies, en door systematisch diplomatieke en economische maatregelen te koppelen aan "
        "het inzetten van CRSV als wapen. Dit vraagt om het expliciet agenderen van CRSV en het bevorderen "
        "van een *survivor-centred* en genderresponsieve rechtsgang. Accountability moet daarbij structureel "
        "worden geïntegreerd in het bredere buitenlandse- en veiligheidsbeleid, inclusief in "
        "conflictpreventie, wapenexport toetsingen, sancties, vredesmissies en wederopbouw, om te waarborgen "
        "dat rechtvaardigheid niet uitblijft en herhaling wordt voorkomen. Staten spelen hierbij een cruciale"
        " rol, met een centrale plaats voor de Women, Peace and Security (WPS)-agenda.",
    ),
    ("heading", "Structurele financiering van vrouwen- en *survivor-led* organisaties"),
    (
        "paragraph",
        "De kernboodschap uit de rondetafel was helder: preventie van CRSV is mogelijk, maar alleen wanneer "
        "staten, waaronder Nederland, structureel politiek en financieel investeren in vrouwen- en "
        "*survivor-led* organisaties. Organisaties geleid door vrouwen en overlevers van CRSV leveren "
        "essentiële diensten, waaronder vroegtijdige waarschuwingssystemen, medische en psychosociale zorg, "
        "juridische begeleiding en gemeenschapsgerichte bescherming. Stigma blijft een van de meest "
        "destructieve en hardnekkige gevolgen van CRSV. Nationale overlevenden-netwerken veranderen het "
        "narratief van schaamte naar verantwoording, en van slachtofferschap naar eigen regie. Door de diepe "
        "verankering in lokale contexten zijn zij bij uitstek in staat risico's te signaleren, overlevenden "
        "te ondersteunen en bij te dragen aan duurzame stabiliteit. Desondanks blijven deze organisaties "
        "structureel ondergefinancierd en onvoldoende betrokken bij formele beleids- en coördinatiestructuren"
        " ten behoeve van stabiliteit en veiligheid in de regio. Dit wordt versterkt door recente "
        "bezuinigingen op internationale samenwerking, waaronder die van USAID, de VN en in Nederland. Er is "
        "dringend behoefte aan meerjarige, flexibele en voorspelbare financiering die vrouwen geleide en "
        "survivor-geleide organisaties erkent als essentiële actoren in vrede en veiligheid.",
    ),
    ("heading", "Diplomatieke inzet"),
    (
        "paragraph",
        "Nederland heeft ten aanzien van de positie op het gebied van mensenrechten- en buitenlands beleid, "
        "zowel de geloofwaardigheid als de verantwoordelijkheid om internationaal leiderschap te tonen. Dit "
        "betekent onder meer het versterken van internationale verantwoordingsmechanismen, het uitoefenen van"
        " diplomatieke druk op statelijke actoren die CRSV faciliteren, en het actief bevorderen van "
        "survivor-gerichte benaderingen binnen de EU, de VN en de NAVO. Er is behoefte aan duidelijke "
        "internationale rode lijnen die automatisch in werking treden bij het inzetten van seksueel geweld "
        "als oorlogswapen.",
    ),
    ("heading", "Oproep"),
    ("paragraph", "Wij roepen u op deze inzichten te vertalen naar concreet beleid:"),
    (
        "item",
        "Veranker preventie en een integrale aanpak van CRSV expliciet als prioriteit binnen buitenlands "
        "beleid, wapenexport -en veiligheidsbeleid en diplomatie door systematisch gender- en "
        "CRSV-risicoanalyses toe te passen. Zet in op politieke prioritering en samenhangende inzet van de "
        "ministers van Buitenlandse Zaken, Buitenlandse Handel en Ontwikkelingssamenwerking en Defensie, en "
        "Justitie en Veiligheid, en sluit aan bij internationale initiatieven en allianties om CRSV te "
        "voorkomen en aan te pakken.",
    ),
    (
        "item",
        "Investeer structureel in vrouwen- en survivor-geleide organisaties via meerjarige, flexibele en "
        "directe financiering, en versterk hun rol in nationale en internationale beleidsprocessen. Bescherm "
        "lokale hulpverleners, vrouwenrechtenverdedigers en journalisten die een sleutelrol spelen in "
        "preventie en respons, maar disproportioneel risico lopen.",
    ),
    (
        "item",
        "Pleit binnen de EU voor de aanstelling van een Speciale Gezant voor Women, Peace and Security, met "
        "een expliciet mandaat op CRSV-preventie, accountability en integratie in het externe optreden van de"
        " EU.",
    ),
)


def words() -> list[str]:
    """Every word of the letter's body in reading order."""
    return [word for _, text in _TEXT for word in text.replace("*", "").split()]


def _spans(text: str) -> tuple[Span, ...]:
    """``*word*`` is emphasised."""
    parts = text.split("*")
    return tuple(Span(part, "emphasis" if index % 2 else "plain") for index, part in enumerate(parts) if part)


def sample_text() -> LetterText:
    """The signed words."""
    blocks = tuple(
        Block(
            id=f"b{index:03d}",
            kind=kind,
            spans=_spans(text),
            level={"heading": 2, "item": 1}.get(kind, 0),
            marker="•" if kind == "item" else "",
        )
        for index, (kind, text) in enumerate(_TEXT)
    )
    return LetterText(
        language="nl",
        direction="ltr",
        recipient=("Aan de leden van de", "Tweede Kamer der Staten-Generaal", "Postbus 20018", "2500 EA Den Haag"),
        subject="Input CD Conflict gerelateerd seksueel geweld",
        salutation="Geachte leden van de Tweede Kamer,",
        blocks=blocks,
        closing_words="Hoogachtend,",
    )


def identifier(name: str) -> str:
    """An invented id: 64 hexadecimal digits."""
    return sha256(name.encode()).hexdigest()


def logo(seed: int, transparent: bool = False) -> bytes:
    """A coloured disc and bars as PNG, 300 by 130 pixels."""
    colour = ((37 * seed) % 190, (91 * seed + 60) % 190, (53 * seed + 120) % 190)
    image = Image.new("RGBA" if transparent else "RGB", (300, 130), (255, 255, 255, 0) if transparent else "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 12, 114, 118), fill=colour)
    for bar in range(4):
        draw.rectangle((132, 18 + bar * 25, 170 + (seed * 29 + bar * 41) % 120, 34 + bar * 25), fill=colour)
    return _png(image)


def signature_picture(seed: int) -> bytes:
    """A dark line on a transparent ground as PNG, like a scanned signature."""
    image = Image.new("RGBA", (400, 160), (0, 0, 0, 0))
    points = [(x / 10, y / 10) for x, y in _wave(seed, 4000, 1600)]
    ImageDraw.Draw(image).line(points, fill=(16, 24, 96, 255), width=5)
    return _png(image)


def drawn_mark(seed: int) -> Mark:
    """Two strokes of a pen."""
    underline: tuple[Point, ...] = ((200, 1300), (1500, 1260), (3300, 1240))
    return Mark(kind="strokes", drawing=Drawing((_wave(seed, 3600, 1400), underline)).simplified())


def sample_mark(index: int, name: str) -> Mark | None:
    """In turn: drawn, a picture, typed, drawn, none."""
    match index % 5:
        case 1:
            return Mark(kind="image", image=signature_picture(index))
        case 2:
            return Mark(kind="typed", text=name)
        case 4:
            return None
        case _:
            return drawn_mark(index)


def sample_signatory(index: int) -> Signatory:
    """The lead, its four partners, then as many invented organisations as asked for."""
    latin = ""
    if index < 5:
        organisation = (LEAD, *PARTNERS)[index]
    else:
        organisation, latin = _OTHERS[(index - 5) % len(_OTHERS)]
        if index >= 5 + len(_OTHERS):
            organisation, latin = f"Vereniging voor Vrede en Recht, afdeling {index}", ""
    name = f"Voorbeeld {index + 1}"
    day, minute = 11 + index % 14, index % 60
    return Signatory(
        organisation=organisation,
        latin=latin,
        people=(Person(name, "directeur"),),
        logo=logo(index, transparent=index % 2 == 1) if index < 12 else b"",
        mark=sample_mark(index, name),
        reservation="Onder voorbehoud van instemming van de ledenraad." if index == 3 else "",
        statement=identifier(f"statement {index}"),
        certificate=identifier(f"certificate {index}"),
        time="2026-05-22" if index == 2 else f"2026-05-{day:02d}T14:{minute:02d}:00Z",
    )


def sample_letter(
    signatories: int = 5,
    *,
    withheld: int = 0,
    attested: int = 0,
    notice: str = NOTICE,
    edition: Literal["public", "full"] = "public",
) -> CombinedLetter:
    """The bundled letter with ``signatories`` named organisations and ``withheld`` unnamed ones."""
    rows = tuple(sample_signatory(index) for index in range(signatories))
    attachments = tuple(
        Attachment(
            name=f"{row.statement[:16]}.crsv",
            data=b"PK\x03\x04 packet of " + row.organisation.encode(),
            media_type="application/vnd.etsi.asic-e+zip",
            description=f"Ondertekening van {row.organisation}",
        )
        for row in rows
    )
    return CombinedLetter(
        text=sample_text(),
        lead=LEAD,
        lead_logo=logo(0),
        place="Den Haag",
        date="2026-05-26",
        sign_off=SignOff(LEAD, tuple(row.organisation for row in rows[1:])),
        signatories=rows,
        withheld=tuple(sorted(identifier(f"withheld {index}") for index in range(withheld))),
        declared=(("mail", attested - 1), ("phone", 1)) if attested > 1 else (("paper", 1),) if attested else (),
        dossier=identifier("dossier"),
        letter=identifier("letter"),
        closing=identifier("closing"),
        secretariat_key=identifier("seal"),
        closing_time="2026-05-26T08:00:00Z",
        edition=edition,
        accent="#12494F",
        notice=notice,
        attachments=attachments,
    )


def _wave(seed: int, width: int, height: int) -> tuple[Point, ...]:
    """A handwriting-like line inside ``width`` by ``height`` tenths of a pixel."""
    pace = 9 + seed % 5
    return tuple(
        (
            round(width * (0.06 + 0.86 * step / 120) + 0.03 * width * math.cos(step / 120 * math.tau * pace)),
            round(height * (0.48 + 0.30 * math.sin(step / 120 * math.tau * pace) * (1 - step / 150))),
        )
        for step in range(121)
    )


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
