"""A letter in Arabic, invented, with Latin names and digits inside."""

from __future__ import annotations

from dataclasses import replace

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.paper import CombinedLetter, LetterText, SignOff
from tests.pdf.sample import sample_letter

_BLOCKS = (
    Block("b000", "paragraph", (Span("نكتب إليكم بشأن العنف الجنسي المرتبط بالنزاعات، "
          "وهو موضوع ناقشته اللجنة في 12 مايو 2026 مع منظمة CARE Nederland وشركائها في جوبا وغوما."),)),
    Block("b001", "heading", (Span("المساءلة والعدالة"),), 1),
    Block(
        "b002",
        "paragraph",
        (
            Span("تطالب المنظمات الموقعة أدناه بأن تلتزم هولندا "),
            Span("التزاماً واضحاً", "strong"),
            Span(" بقرار مجلس الأمن رقم 1325 (2000) وبالقرارات اللاحقة، "
                 "وأن تدعم الآليات الدولية للتحقيق في هذه الجرائم، وأن تخصص لها تمويلاً كافياً لا يقل عن 25 مليون يورو سنوياً."),
        ),
    ),
    Block("b003", "item", (Span("دعم الناجيات والناجين دعماً طويل الأمد؛"),), 1, "•"),
    Block("b004", "item", (Span("إشراك المنظمات النسائية المحلية في كل قرار (Women, Peace and Security)؛"),), 1, "•"),
    Block("b005", "item", (Span("حماية الشهود."),), 1, "•"),
)  # fmt: skip


def arabic_letter() -> CombinedLetter:
    """Set from right to left throughout."""
    base = sample_letter(13, withheld=2, notice="")
    text = LetterText(
        language="ar",
        direction="rtl",
        recipient=("إلى أعضاء مجلس النواب", "Tweede Kamer der Staten-Generaal", "Postbus 20018", "2500 EA Den Haag"),
        subject="العنف الجنسي المرتبط بالنزاعات",
        salutation="السادة أعضاء مجلس النواب المحترمين،",
        blocks=_BLOCKS,
        closing_words="وتفضلوا بقبول فائق الاحترام،",
    )
    rows = (base.signatories[8], *base.signatories[:4])
    return replace(
        base,
        text=text,
        lead=rows[0].organisation,
        signatories=rows,
        sign_off=SignOff(rows[0].organisation, tuple(r.organisation for r in rows[1:])),
    )
