dashboard-over = لجنة القيادة المركزية
dashboard-title = أين وصلت حماية الأطفال؟
dashboard-until = إلى غاية { $date }
dashboard-all-cities = كل مدن الخطة
dashboard-dates = التواريخ
dashboard-today = اليوم
dashboard-as-of = الأرقام إلى غاية (يوم/شهر/سنة)
dashboard-city = المدينة
dashboard-show = عرض
dashboard-grid = { $asked } ليس من تواريخ أرقام اللجنة. الأرقام متوفرة عند نهاية كل شهر وفي تواريخ الأرقام المنشورة، حتى لا تكشف المقارنة بين يومين متجاورين عن طفل بعينه. المعروض: { $shown }.

dashboard-kpi-children = أطفال مشمولون بالحماية
dashboard-kpi-girls = الإناث
dashboard-kpi-boys = الذكور
dashboard-kpi-handled = حالات تمت معالجتها
dashboard-part-published = { $n } منشورة للمدن النموذجية مجتمعة
dashboard-part-live = { $n } مسجلة في سند، مؤقتة
unit-child = { $n ->
    [zero] طفل
    [one] طفل
    [two] طفلان
    [few] أطفال
    [many] طفلا
   *[other] طفل
}
unit-girl = { $n ->
    [zero] طفلة
    [one] طفلة
    [two] طفلتان
    [few] طفلات
    [many] طفلة
   *[other] طفلة
}
unit-case = { $n ->
    [zero] حالة
    [one] حالة
    [two] حالتان
    [few] حالات
    [many] حالة
   *[other] حالة
}
figure-children = { $n ->
    [zero] لا طفل
    [one] طفل واحد
    [two] طفلان
    [few] { $n } أطفال
    [many] { $n } طفلا
   *[other] { $n } طفل
}
figure-girls = { $n ->
    [zero] لا إناث
    [one] أنثى واحدة
    [two] أنثيان
    [few] { $n } من الإناث
    [many] { $n } من الإناث
   *[other] { $n } من الإناث
}
figure-boys = { $n ->
    [zero] لا ذكور
    [one] ذكر واحد
    [two] ذكران
    [few] { $n } من الذكور
    [many] { $n } من الذكور
   *[other] { $n } من الذكور
}
figure-cases = { $n ->
    [zero] لا حالة
    [one] حالة واحدة
    [two] حالتان
    [few] { $n } حالات
    [many] { $n } حالة
   *[other] { $n } حالة
}
figure-cases-handled = { $n ->
    [zero] لا حالة تمت معالجتها
    [one] حالة واحدة تمت معالجتها
    [two] حالتان تمت معالجتهما
    [few] { $n } حالات تمت معالجتها
    [many] { $n } حالة تمت معالجتها
   *[other] { $n } حالة تمت معالجتها
}
figure-members = { $n ->
    [zero] لا عضو في الفرق
    [one] عضو واحد في الفرق
    [two] عضوان في الفرق
    [few] { $n } أعضاء في الفرق
    [many] { $n } عضوا في الفرق
   *[other] { $n } عضو في الفرق
}
list-comma = ،{" "}

dashboard-published-title = المنشور قبل سند
dashboard-published-pill = كما نُشر
dashboard-published-figures = الأرقام المنشورة
published-until = منشور عن { $cities } مجتمعة، إلى غاية { $date }
published-month = منشور عن { $cities } مجتمعة، { $date }
dashboard-published-note = هذه المجاميع تخص مدنها مجتمعة: لا مصدر يوزعها بين المدن، وسند لا يوزعها كذلك. الأطفال والحالات وحدتان مختلفتان.
dashboard-published-before = لم يُنشر أي رقم إلى هذا التاريخ. أول رقم منشور يعود إلى { $date }.
dashboard-published-none = لم يُنشر أي رقم عن هذه المدينة إلى هذا التاريخ.
dashboard-source = المصدر: { $source }
dashboard-series-title = الحالات المعالجة خلال المرحلة النموذجية
dashboard-series-note = مجموع تراكمي للمدن النموذجية الثلاث مجتمعة، بالحالات؛ المصدر لا يذكر للنقطتين الأوليين سوى الشهر.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = المجموع التراكمي للحالات المعالجة: { $points }
dashboard-date = التاريخ
source-founding-page = الصفحة المؤسسة للخطة، الوزارة
source-press-2021-02-15 = صحافة 15 فبراير 2021 حول التوسيع
source-press-2021-02-02 = صحافة 2 فبراير 2021، كلمة الوزيرة أمام لجنة القيادة المركزية

dashboard-live-title = المسجل في سند
dashboard-live-pill = مؤقت، مقرب إلى أقرب 5
dashboard-live-note = كل رقم هنا مقرب إلى أقرب مضاعف لـ 5، حتى لا يُستنتج منه أن طفلا واحدا أضيف؛ والمجاميع تجمع الأرقام المقربة. وهي أرقام مؤقتة: تغيرها الوقائع التي تسجل لاحقا. لا يصل أي اسم إلى هذه الصفحة.
dashboard-counted-at = حُسب في الساعة { $time }
dashboard-live-none = ليس في سند رقم يُعرض إلى غاية { $date }.
dashboard-unit-child = الوحدة: طفل مشمول بالحماية
dashboard-unit-case = الوحدة: حالة
dashboard-unit-contact = الوحدة: تدخل ميداني؛ شهور كاملة، كل المدن، وكل شهر مقرب على حدة
dashboard-unit-service = الوحدة: خدمة مقدمة لطفل
dashboard-unit-service-mother = الوحدة: خدمة مقدمة لأم انفتحت لها الخدمات الأربع
dashboard-unit-justice = الوحدة: إحالة في السطر الأول، ثم قرار ساري المفعول
dashboard-map-title = الأطفال المشمولون بالحماية على الخريطة
dashboard-map-about = خريطة العمالات والأقاليم؛ الأطفال المشمولون بالحماية: { $cities }
dashboard-map-note = الوحدة: طفل مشمول بالحماية. مساحة الدائرة تناسب العدد، والعمالات المشمولة بالخطة ملونة.
dashboard-sex-title = الإناث والذكور حسب المدينة
dashboard-sex-point = { $city }: الإناث { $girls } والذكور { $boys }
dashboard-sex-about = الأطفال المشمولون بالحماية حسب الجنس. { $cities }
dashboard-months-title = التدخلات الميدانية شهرا بعد شهر
dashboard-months-about = عدد التدخلات في الشهر خلال اثني عشر شهرا: { $points }
dashboard-month = الشهر
dashboard-numbers = عرض الأرقام في جدول
dashboard-total = المجموع
dashboard-girls = الإناث
dashboard-boys = الذكور
dashboard-unsexed = الجنس غير محدد
dashboard-children = الأطفال
dashboard-contacts = التدخلات
dashboard-open-cases = حالات مفتوحة
dashboard-mothers = الأمهات
dashboard-adults = الراشدون
dashboard-services = الخدمات المقدمة
dashboard-decisions = قرارات النيابة العامة
dashboard-referrals-short = إحالات
dashboard-cities-title = كل مدينة على حدة
dashboard-cities-note = الوحدات: المشمولون بالحماية بالأطفال؛ المفتوحة بالحالات؛ الخدمات والإحالات والقرارات بعدد الأعمال. كل رقم دون 3 يظهر 0.
dashboard-milestones-title = الحالات حسب المرحلة
dashboard-services-child = الخدمات المقدمة للأطفال
dashboard-services-mother = الخدمات المقدمة للأمهات
dashboard-justice-title = أمام النيابة العامة
dashboard-referrals = إحالات مرسلة إلى النيابة العامة
dashboard-child-decisions = قرارات بشأن الطفل
dashboard-adult-pending = قرارات بشأن الراشدين: في الانتظار
decision-adult-prosecuted = قرارات بشأن الراشدين: متابعة
decision-adult-not-prosecuted = قرارات بشأن الراشدين: عدم المتابعة
