//! Names of nobody: given names that are common, family names that are plants, birds and weather, so that
//! everyone sees that the person is invented.

/// A word in Arabic and in Latin letters.
pub(super) type Word = (&'static str, &'static str);

/// Family names, none of which is one.
pub(super) const FAMILIES: &[Word] = &[
    ("الزعفران", "Zaafrane"),
    ("البستان", "Boustane"),
    ("السنديان", "Sendiane"),
    ("الياسمين", "Yassamine"),
    ("الخزامى", "Khouzama"),
    ("النعناع", "Naanaa"),
    ("الريحان", "Rihane"),
    ("اللوز", "Louz"),
    ("النرجس", "Narjiss"),
    ("السوسن", "Sawsane"),
    ("الأقحوان", "Oqhouane"),
    ("العرعر", "Araar"),
    ("الأرز", "Arz"),
    ("الصفصاف", "Safsaf"),
    ("الدردار", "Dardar"),
    ("البلوط", "Ballout"),
    ("الغدير", "Ghadir"),
    ("الينبوع", "Yanbouaa"),
    ("النسيم", "Nassim"),
    ("الشفق", "Chafaq"),
    ("الغيم", "Ghaym"),
    ("الندى", "Nada"),
    ("المرجان", "Morjane"),
    ("السنونو", "Snounou"),
    ("الهدهد", "Hodhod"),
    ("اليمام", "Yamame"),
    ("الكروان", "Karawane"),
    ("القرنفل", "Qoronfel"),
    ("البنفسج", "Banafsaj"),
    ("الرمان", "Romane"),
    ("السفرجل", "Sfarjal"),
    ("الخروب", "Kharroub"),
    ("الدوم", "Doum"),
    ("الحبق", "Habaq"),
    ("العليق", "Ollayq"),
    ("الجدول", "Jadwal"),
    ("المزن", "Mozn"),
    ("النورس", "Nawras"),
    ("البلشون", "Balchoune"),
    ("الشيح", "Chih"),
    ("الزعتر", "Zaatar"),
    ("التوت", "Toutia"),
    ("الصنوبر", "Snoubar"),
    ("الإكليل", "Iklil"),
    ("وادي الخزامى", "Ouadi Khouzama"),
    ("ظل الصفصاف", "Dell Safsaf"),
    ("زهرة عباد الشمس", "Zahrat Abbad Chams"),
    ("نسمة البحر الأزرق", "Nasmat Bhar Azraq"),
];

/// Given names of girls and women.
pub(super) const WOMEN: &[Word] = &[
    ("مريم", "Maryam"),
    ("سلمى", "Salma"),
    ("هبة", "Hiba"),
    ("آية", "Aya"),
    ("خديجة", "Khadija"),
    ("فاطمة الزهراء", "Fatima-Zahra"),
    ("إيمان", "Imane"),
    ("شيماء", "Chaimae"),
    ("نجوى", "Najwa"),
    ("حنان", "Hanane"),
    ("سعاد", "Souad"),
    ("رقية", "Rokia"),
    ("زينب", "Zineb"),
    ("أميمة", "Oumaima"),
    ("ملاك", "Malak"),
    ("جنات", "Jannat"),
    ("لطيفة", "Latifa"),
    ("نعيمة", "Naima"),
    ("سناء", "Sanae"),
    ("يسرى", "Yousra"),
    ("وصال", "Wissal"),
    ("دعاء", "Douae"),
    ("إكرام", "Ikram"),
    ("لبنى", "Loubna"),
];

/// Given names of boys and men.
pub(super) const MEN: &[Word] = &[
    ("أيوب", "Ayoub"),
    ("ياسين", "Yassine"),
    ("حمزة", "Hamza"),
    ("عثمان", "Othmane"),
    ("إلياس", "Ilyas"),
    ("آدم", "Adam"),
    ("ريان", "Rayane"),
    ("بلال", "Bilal"),
    ("أنس", "Anas"),
    ("زكرياء", "Zakaria"),
    ("يوسف", "Youssef"),
    ("عمر", "Omar"),
    ("أسامة", "Oussama"),
    ("معاد", "Mouad"),
    ("رشيد", "Rachid"),
    ("عزيز", "Aziz"),
    ("كمال", "Kamal"),
    ("نبيل", "Nabil"),
    ("عبد الإله", "Abdelilah"),
    ("إدريس", "Driss"),
    ("سفيان", "Soufiane"),
    ("طارق", "Tarik"),
];

/// Given names of girls and boys who came from south of the Sahara: in Latin letters, as their papers have
/// them.
pub(super) const GIRLS_ABROAD: &[&str] = &[
    "Aminata", "Fatou", "Grâce", "Mariama", "Awa", "Blessing", "Divine",
];
pub(super) const BOYS_ABROAD: &[&str] = &[
    "Moussa", "Ibrahima", "Cheick", "Emmanuel", "Ousmane", "Junior", "Mamadou",
];

/// Their family names: trees and winds again.
pub(super) const FAMILIES_ABROAD: &[&str] = &[
    "Baobab",
    "Harmattan",
    "Karité",
    "Hibiscus",
    "Tamarin",
    "Acajou",
];
