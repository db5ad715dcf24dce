nav-requests = الطلبات
requests-title = الطلبات الموجهة إلى الهيئة
requests-filter = عرض
requests-open = الجارية
requests-done = المنتهية
requests-none = لا طلبات هنا
requests-none-hint = يظهر هنا كل طلب ترسله خلية العمالة إلى الهيئة.
requests-arrived = وصل
requests-rule = لا يظهر هنا إلا ما اختارت الخلية إرساله. ملفات الأطفال لا تُقرأ من هنا، وكل فتح يُسجل.
request-one = طلب خدمة
request-answer = الجواب
request-report = تقرير قصير أو اقتراح
request-report-hint = تقرؤه الخلية. دون أسماء كاملة ولا معطيات طبية.
request-title = طلب خدمة من هيئة
request-what = المطلوب
request-urgent = استعجالي
request-by = قبل { $date }
request-people = { $n ->
    [zero] لا مستفيد
    [one] مستفيد واحد
    [two] مستفيدان
    [few] { $n } مستفيدين
    [many] { $n } مستفيدا
   *[other] { $n } مستفيد
}
request-person-n = المستفيد { $n }
request-no-name = دون اسم
request-practical = معلومات عملية
request-from = من
request-to = إلى
request-cell-of = خلية { $place }
request-reference = المرجع
request-sent-h = الطلب كما أُرسل
request-frozen = أُرسل { $when } ولا يتغير.
request-until = تقرؤه الهيئة إلى غاية { $date }.
request-read = قراءة الطلب
request-preview-hint = هذا ما ستقرؤه الهيئة، كلمة كلمة، ولا شيء غيره.
request-not-in = لا تُرسل أي ملاحظة طبية أو سرية، ولا رقم الملف، ولا ما يخص النيابة العامة.
request-logged = يُسجل الإرسال باسم صاحبه
request-send = إرسال
request-edit = تعديل
request-help = يُختار أقل ما يكفي لتقديم الخدمة. تبقى نسخة الطلب ثابتة كما قُرئت. تجيب نقطة الارتكاز في الهيئة، ويظهر جوابها في الملف.
request-no-basis = لا يمكن إرسال هذا الطلب: لا يوجد في ملف الطفل سند ساري المفعول لتبادل المعلومات. وحده الطلب الاستعجالي يُرسل دون انتظار.
request-naming = كيف يُذكر المستفيدون؟
request-naming-given = بالاسم الشخصي
request-naming-initials = بالأحرف الأولى
request-naming-number = برقم، دون اسم
request-protected = الملف محمي: تُرسل أرقام دون أسماء، مهما كان الاختيار.
request-when = متى؟
request-by-label = في أجل أقصاه
request-ask = ما المطلوب؟
request-ask-hint = دون اسم عائلي ولا عنوان ولا تشخيص طبي.
request-practical-hint = اللغة، المرافق، الأوقات المناسبة، من يُتصل به في الخلية.
request-nothing-yet = لا يُرسل شيء قبل المعاينة
request-preview = معاينة
notice-service-answered = جواب هيئة عن طلب خدمة
field-naming = كيف يُذكر المستفيدون
field-by = الأجل
field-ask = المطلوب
field-practical = معلومات عملية
