"""Forty organisations in every script that the fonts cover, invented."""

from __future__ import annotations

from dataclasses import replace

from crsv_desk.domain.paper import CombinedLetter, Person, SignOff
from tests.pdf.sample import sample_letter

NAMES = (
    ("Žinčikova žąsų draugija", "Ąžuolas Šeškevičius", "pirmininkė"),
    ("Łódzkie Stowarzyszenie Świt", "Małgorzata Źdźbło", "prezeska"),
    ("Þjóðarsamtök kvenna", "Æsa Ðórðardóttir", "formaður"),
    ("Őrségi Nők Szövetsége", "Győző Űrhajós", "elnök"),
    ("Asociația Ștefania Țăranu", "Ioana Bîrlă", "președintă"),
    ("Türkiye Kadın Dayanışma Ağı", "Işıl Çağlayan", "müdür"),
    ("Dígí Åland Kvinnor", "Håkan Øst", "direktör"),
    ("Malta Għaqda tan-Nisa", "Ċensa Żammit", "direttur"),
    ("Жіноча мережа миру", "Олена Шевчук", "директорка"),
    ("Женска мрежа Ђурђевак", "Љиљана Њежић", "председница"),
    ("Женска коалиция Ъгъл", "Щука Юнакова", "директор"),
    ("Δίκτυο Γυναικών για την Ειρήνη", "Ελένη Παπαδοπούλου", "διευθύντρια"),
    ("صوت النساء للسلام", "ليلى حداد", "منسقة"),
    ("شبكة نساء السودان (SWN)", "آمنة عبد الرحمن", "مديرة"),
    ("ڕێکخراوی ژنانی کوردستان", "ئاڤان ڕەشید", "بەڕێوەبەر"),
    ("کۆمەڵەی ئازادی ٢٠٢٦", "شیلان قادر", "سەرۆک"),
    ("انجمن زنان ایران", "پری گلستانی", "مدیر"),
    ("נשים עושות שלום", "רות כהן", "מנהלת"),
    ("ארגון אחיות (Achayot)", "דנה לוי", "יושבת ראש"),
    ("የሴቶች ድምፅ ለሰላም", "ሰላማዊት ተስፋዬ", "ዳይሬክተር"),
    ("የኢትዮጵያ ሴቶች ማኅበር", "አልማዝ በቀለ", "ሥራ አስኪያጅ"),
    ("ငြိမ်းချမ်းရေး အမျိုးသမီးကွန်ရက်", "ဒေါ်ခင်စန္ဒာ", "ဒါရိုက်တာ"),
    ("ရှမ်းအမျိုးသမီးအဖွဲ့", "နန်းမွေ့ဟွမ်", "ဥက္ကဋ္ဌ"),
    ("महिला शान्ति सञ्जाल", "सीता श्रेष्ठ", "अध्यक्ष"),
    ("नारी शक्ति मंच", "अनुराधा मिश्रा", "निदेशक"),
    ("নারী শান্তি সংঘ", "রোকেয়া খাতুন", "পরিচালক"),
    ("বাংলাদেশ মহিলা পরিষদ শাখা", "ফাতেমা বেগম", "সভাপতি"),
    ("បណ្តាញស្ត្រីដើម្បីសន្តិភាព", "សុខ ស្រីមុំ", "នាយិកា"),
    ("អង្គការស្ត្រីខ្មែរ", "ចាន់ ធារី", "ប្រធាន"),
    ("เครือข่ายสตรีเพื่อสันติภาพ", "สมหญิง ใจดี", "ผู้อำนวยการ"),
    ("มูลนิธิผู้หญิงกล้า", "น้ำผึ้ง ศรีสุข", "ประธาน"),
    ("பெண்கள் அமைதி வலையமைப்பு", "கவிதா செல்வி", "இயக்குநர்"),
    ("தமிழ்ப் பெண்கள் சங்கம்", "மீனாட்சி சுந்தரம்", "தலைவர்"),
    ("ქალთა ქსელი მშვიდობისთვის", "ნინო ბერიძე", "დირექტორი"),
    ("საქართველოს ქალთა კავშირი", "თამარ გელაშვილი", "თავმჯდომარე"),
    ("Կանանց ցանց հանուն խաղաղության", "Անահիտ Պետրոսյան", "տնօրեն"),
    ("Հայաստանի կանանց միություն", "Լուսինե Հակոբյան", "նախագահ"),
    ("Hội Phụ nữ vì Hòa bình", "Nguyễn Thị Hồng Hạnh", "giám đốc"),
    ("Liên hiệp Phụ nữ Đà Nẵng", "Trần Ngọc Ánh", "chủ tịch"),
    ("Ọmọ Ẹgbẹ́ Obìnrin", "Ṣọlá Ọláńrewájú", "olùdarí"),
)


def scripts_letter() -> CombinedLetter:
    """The sample letter, endorsed by all of them."""
    base = sample_letter(len(NAMES), withheld=2)
    rows = tuple(
        replace(row, organisation=organisation, latin="", people=(Person(name, role),))
        for row, (organisation, name, role) in zip(base.signatories, NAMES, strict=True)
    )
    return replace(base, signatories=rows, lead=rows[0].organisation, sign_off=SignOff(rows[0].organisation, ()))
