dashboard-over = لجنة القيادة المركزية
dashboard-title = أين وصلت حماية الأطفال؟
dashboard-until = إلى غاية { $date }
dashboard-all-cities = كل مدن الخطة
dashboard-dates = التواريخ
dashboard-as-of = الأرقام إلى غاية (يوم/شهر/سنة)
dashboard-city = المدينة
dashboard-show = عرض
dashboard-grid = { $asked } ليس تاريخا تُعلن فيه أرقام. تُعلن الأرقام عند نهاية كل شهر وفي تواريخ الأرقام المنشورة، حتى لا تكشف المقارنة بين يومين متجاورين عن طفل بعينه. المعروض: { $shown }.

dashboard-kpi-children = أطفال مشمولون بالحماية
dashboard-kpi-girls = الإناث
dashboard-kpi-boys = الذكور
dashboard-kpi-handled = حالات تمت معالجتها
dashboard-part-published = { $n } منشورة للمدن النموذجية مجتمعة
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
dashboard-published-none = لم يُنشر أي رقم عن هذه المدن إلى هذا التاريخ.
dashboard-source = المصدر: { $source }
dashboard-series-title = الحالات المعالجة خلال المرحلة النموذجية
dashboard-series-note = مجموع تراكمي للمدن النموذجية الثلاث مجتمعة، بالحالات؛ المصدر لا يذكر للنقطتين الأوليين سوى الشهر.
dashboard-series-point = { $value } ({ $date })
dashboard-series-about = المجموع التراكمي للحالات المعالجة: { $points }
dashboard-date = التاريخ
source-founding-page = الصفحة المؤسسة للخطة، الوزارة
source-press-2021-02-15 = صحافة 15 فبراير 2021 حول التوسيع
source-press-2021-02-02 = صحافة 2 فبراير 2021، كلمة الوزيرة أمام لجنة القيادة المركزية

dashboard-unit-child = الوحدة: طفل مشمول بالحماية
dashboard-map-title = الأطفال المشمولون بالحماية على الخريطة
dashboard-map-about = خريطة العمالات والأقاليم؛ الأطفال المشمولون بالحماية: { $cities }
dashboard-map-note = الوحدة: طفل مشمول بالحماية. كلما زاد العدد اشتد لون العمالة أو الإقليم وكبرت الدائرة؛ وما لم يُعلن بلا دائرة.
dashboard-sex-title = الإناث والذكور حسب المدينة
dashboard-sex-point = { $city }: الإناث { $girls } والذكور { $boys }
dashboard-sex-about = الأطفال المشمولون بالحماية حسب الجنس. { $cities }
dashboard-month = الشهر
dashboard-numbers = عرض الأرقام في جدول
dashboard-girls = الإناث
dashboard-boys = الذكور
dashboard-cities-title = كل مدينة على حدة
dashboard-cities-note = الوحدات: الأطفال المشمولون بالحماية بعدد الأطفال؛ الملفات بعدد الملفات؛ التدخلات والخدمات والإحالات والقرارات بعدد الأعمال.

unit-contact-month = { $n ->
    [zero] تدخل
    [one] تدخل
    [two] تدخلان
    [few] تدخلات
    [many] تدخلا
   *[other] تدخل
}
dashboard-all-regions = كل الجهات
dashboard-region = الجهة
dashboard-phase = المرحلة
dashboard-all-phases = كل المراحل
dashboard-before-plan = الخطة انطلقت في 4 دجنبر 2019: لا أرقام قبل هذا التاريخ.
dashboard-none-there = لا مدينة من مدن الخطة توافق هذه الاختيارات مجتمعة.
dashboard-kpi-contacts = تدخلات ميدانية خلال الشهر
dashboard-part-told = في سند: { $n }
dashboard-share-of-children = { $n }% من الأطفال
dashboard-kept = الهدف متحقق
dashboard-missed = الهدف غير متحقق
dashboard-needs = يحتاج قرارا
dashboard-needs-none = لا شيء ينتظر قرار اللجنة اليوم حسب القواعد المعتمدة.
dashboard-needs-note = تُحسب هذه اللائحة بقواعد ثابتة: شهر لم يُعلن في وقته، مدينة معلقة، مدينة مرشحة تستوفي كل الشروط، مدينة أتمت خطوات تفعيلها، مقاعد شاغرة، نسبة تبتعد عن هدفها بعشر نقط أو أكثر.
dashboard-need-late = أرقام { $month } لم تُعلن في وقتها
dashboard-need-late-why = كان إعلانها مقررا في اليوم الخامس من الشهر الموالي. على الإدارة التقنية التحقق من المهام الدورية.
dashboard-need-suspended = { $city }: المدينة معلقة
dashboard-need-suspended-why = يُستأنف العمل فيها بقرار من اللجنة.
dashboard-need-suspended-since = معلقة منذ { $date }؛ يُستأنف العمل فيها بقرار من اللجنة.
dashboard-need-ready = { $city }: مرشحة تستوفي كل الشروط
dashboard-need-ready-why = الشروط المستوفاة: { $n }. لم يُتخذ أي قرار بعد.
dashboard-need-opened = { $city }: تمت خطوات التفعيل
dashboard-need-opened-why = أُنجزت كل الخطوات اللازمة، والمدينة لم تدخل الخطة بعد.
dashboard-need-no-team = { $city }: لم يُسجَّل فريق المدينة
dashboard-need-no-team-why = لم يُسجَّل أي مقعد في فريق هذه المدينة.
dashboard-need-seats = { $city }: مقاعد شاغرة في الفريق
dashboard-need-seats-why = المقاعد الشاغرة: { $n } من { $of }.
dashboard-need-far-why = النسبة المعلنة { $n }%، والهدف { $target }%.
dashboard-need-city = صفحة المدينة
dashboard-need-figures = أرقام المدينة
dashboard-told-title = ما أعلنه سند
dashboard-told-note = تُعد أرقام كل شهر مرة واحدة، في اليوم الخامس من الشهر الموالي، ولا تتغير بعد ذلك: ما يُعرف لاحقا يُدرج تصحيحا. الأعداد من 1 إلى 4 تُكتب «أقل من 5»، ولا يُعلن معها ما يسمح باستنتاجها. الجنس والفئة العمرية ومجموعة الجنسيات جداول منفصلة، وتقاطعاتها لا تُعلن. لا شيء أدق من العمالة أو الإقليم، ولا يصل أي اسم إلى هذه الصفحة. الرقم المتبوع بعلامة ° أُعلن في شهر سابق: ما تغير بعده أقل من أن يُعلن.
dashboard-first-month = لم يُعلن أي شهر بعد. أول شهر يُعلن هو الشهر الجاري، يوم { $date }.
dashboard-none-told = لم يُعلن سند أي شهر إلى هذا التاريخ.
dashboard-complete = الأرقام المعلنة: { $n } من { $of }
dashboard-path-title = مسار الحماية
dashboard-path-note = منذ البداية، إلى غاية آخر يوم من الشهر. كل سطر بوحدته: ملفات، أطفال، ملفات، قرارات، ملفات.
dashboard-path-opened = ملفات فُتحت
dashboard-path-protected = أطفال استفادوا من أول تدبير حماية
dashboard-path-sent = ملفات أُحيلت على النيابة العامة
dashboard-path-decided = قرارات النيابة العامة بشأن الأطفال
dashboard-path-closed = ملفات أُغلقت
dashboard-path-share = مقابل كل مئة ملف: { $n }
dashboard-small-title = كل مدينة على حدة، شهرا بعد شهر
dashboard-small-note = الأطفال المشمولون بالحماية منذ البداية، كما أعلنها كل شهر. المقياس العمودي واحد للجميع؛ وحين لا يُعلن التغير يبقى آخر رقم معلن قائما.
dashboard-small-about = { $city }: أطفال مشمولون بالحماية من { $from } إلى { $until }؛ آخر رقم: { $value }
dashboard-rates-title = المؤشرات وأهدافها
dashboard-rates-note = كل نسبة محسوبة من رقمين معلنين. تعريف كل مؤشر وفترته في الجدول.
dashboard-rates-about = نسب المؤشرات: { $rates }
dashboard-rates-all = النسبة الإجمالية
dashboard-rates-span = من أدنى نسبة إلى أعلاها، حسب المدن
dashboard-rates-goal = الهدف
dashboard-indicators = المؤشرات المعلنة
dashboard-indicator = المؤشر
dashboard-value = القيمة
dashboard-numerator = البسط
dashboard-denominator = المقام
dashboard-unit = الوحدة
dashboard-target = الهدف أو المرجع
dashboard-untold = مؤشرات لا تُعلن هنا، والسبب
dashboard-untold-yet = لا ذكر له في أرقام هذا الشهر.
dashboard-untold-median = مدة لا عدد: لا يُعلن وسيطها إلا للبلد والجهات، إذا شمل عددا كافيا من الأشخاص أو الملفات.
dashboard-untold-city = يطلع عليه العاملون في المدينة وحدهم، في أرقامها المباشرة: على المستوى الوطني قد يخص عددا قليلا من الناس، أو يُعرف من سجل الخطة.
dashboard-corrections = تصحيحات أُعلنت هذا الشهر
dashboard-corrections-none = لا تصحيح لشهر سابق في هذا الإعلان.
dashboard-corrections-told = ما صححه هذا الشهر من أشهر سابقة
dashboard-corrections-later = ما قالته أشهر لاحقة عن هذا الشهر
dashboard-later-note = الأرقام المعروضة هي كما أُعلنت يومها. وقد صححت أشهر لاحقة بعضها:
dashboard-figure = الرقم
dashboard-where = المكان
dashboard-of-day = إلى غاية
dashboard-was = كان
dashboard-becomes = أصبح
dashboard-told-by = أُعلن مع شهر
dashboard-country = المغرب
dashboard-a-region = جهة أخرى
dashboard-stamp = الإعلان رقم { $number }، قواعد الحساب، الصيغة { $method }، حُسب بتاريخ { $when }.
dashboard-period = الفترة
dashboard-period-since = منذ بداية الخطة إلى غاية { $date }
dashboard-period-on = وضعية { $date }
dashboard-period-month = شهر { $month }
dashboard-days = { $n ->
    [zero] { $n } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
dashboard-median = { $name }: الوسيط { $days }، محسوب على ما لا يقل عن { $over }، إلى غاية { $date }
