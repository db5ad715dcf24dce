team-of = فريق { $city }
team-field = فريق العمل الميداني
team-hint-seats = مقاعد فريق العمل الميداني متعدد التخصصات ومن عُيِّن في كل مقعد. الأعضاء أطر الهيئات الشريكة.
team-filled = المشغول: { $n } من { $seats }
team-seats = { $n ->
    [zero] لا مقعد
    [one] مقعد واحد
    [two] مقعدين
    [few] { $n } مقاعد
    [many] { $n } مقعدا
   *[other] { $n } مقعد
}
team-seat-new = إضافة مقعد
team-none = لم يُسجَّل أي مقعد
team-none-hint = عدد المقاعد تختاره المدينة. تظهر هنا عندما يسجلها مسؤول(ة) الخلية.
team-closed-on = مغلق منذ { $day }
team-vacant = شاغر
team-holder = عضو رسمي
team-alternate = عضو نائب
team-account = حساب في سند
team-others = { $n ->
    [zero] لا تعيين سابق أو لاحق
    [one] تعيين واحد سابق أو لاحق
    [two] تعيينان سابقان أو لاحقان
    [few] { $n } تعيينات سابقة أو لاحقة
    [many] { $n } تعيينا سابقا أو لاحقا
   *[other] { $n } تعيين سابق أو لاحق
}
team-struck = مشطب عليه
team-comes = لم يبدأ بعد
team-designate = تعيين شخص
team-seat-close = إغلاق المقعد
team-cells = خلايا المدينة
team-cells-hint = الخلايا والمراكز التي تقدم الخدمات في المدينة.
team-cells-none = لا خلية مسجلة.
team-not-published = المنشور عن السنوات الماضية مجموع واحد لأربعة فرق، ولا عدد لفريق بمفرده. ما يظهر هنا سجلته المدينة.
team-days = من { $from } إلى { $to }
team-since = منذ { $day }
team-seat-hint = مقعد لكل قطاع أو هيئة في الفريق.
team-seat-whose = لمن هذا المقعد
team-sector = القطاع
team-organisation = الهيئة، من اللائحة
team-organisation-name = اسم الهيئة، إن لم تكن في اللائحة
team-organisation-both = إما هيئة من اللائحة وإما اسم مكتوب، لا هما معا.
team-logged = كل تغيير يُسجَّل مع صاحبه وتاريخه.
team-seat-save = إضافة
team-as-what = الصفة في المقعد
team-who = الشخص المعين
team-who-hint = معطيات العمل وحدها، ولا شيء عن الحياة الخاصة.
team-function = المهمة في الهيئة
team-phone = هاتف العمل
team-email = البريد الإلكتروني للعمل
team-email-wrong = هذا العنوان الإلكتروني غير صحيح.
team-letter = رسالة التعيين
team-letter-ref = مرجع الرسالة
team-letter-on = تاريخ الرسالة
team-period = المدة
team-period-hint = لا عضوان رسميان في مقعد واحد في اليوم نفسه، ولا نائبان. يمكن إضافة النهاية لاحقا.
team-first-day = أول يوم
team-last-day = آخر يوم
team-designate-save = تسجيل التعيين
team-designation = التعيين
team-in-office = ساري المفعول اليوم
team-not-in-office = غير ساري المفعول اليوم
team-reach = الاتصال في العمل
team-reach-none = لا هاتف ولا بريد إلكتروني مسجل.
team-account-of = الحساب
team-account-ends = مهمة في سند قائمة على هذا التعيين، وتنتهي بانتهائه.
team-account-none = لا مهمة قائمة على هذا التعيين. الإدارة هي التي تسند المهام.
team-member-edit = تصحيح معطيات الشخص
team-member-save = تسجيل
team-letter-none = لم تُضف الرسالة بعد.
team-letter-scan = الرسالة ممسوحة ضوئيا
team-letter-save = إضافة الرسالة
team-paper-hint = صورة (JPEG أو PNG أو WebP) أو PDF أو DOCX.
team-end = إنهاء التعيين
team-end-hint = يبقى في السجل بآخر يوم له، وتنتهي معه المهمة القائمة عليه.
team-end-save = إنهاء
team-mistake = تعيين مسجل خطأ
team-mistake-hint = لما لم يكن قط: يبقى في السجل مشطبا عليه.
team-mistake-save = التشطيب عليه
team-before-plan = هذا اليوم قبل بداية الخطة (4 دجنبر 2019).
team-too-far = هذا اليوم بعيد جدا.
team-end-before = آخر يوم قبل أول يوم.
team-end-later = للتعيين نهاية أقرب من هذا اليوم. لتمديده يُسجَّل تعيين جديد.
team-overlaps = في هذا المقعد شخص آخر بالصفة نفسها خلال بعض هذه الأيام.
team-seat-closed = هذا المقعد مغلق خلال بعض هذه الأيام.
team-seat-in-office = في هذا المقعد شخص معين. المرجو إنهاء التعيين أولا.
team-strike-bound = تقوم مهمة على هذا التعيين: يمكن إنهاؤه لا التشطيب عليه.
team-over = انتهى هذا التعيين أو شُطب عليه في هذه الأثناء.
