nav-city-figures = نتائج مدينتنا
figures-pages = صفحات النتائج
figures-counts = الأعداد
figures-indicators = المؤشرات
figures-usual = فترات معتادة
figures-this-month = هذا الشهر
figures-last-month = الشهر الماضي
figures-this-quarter = هذا الفصل
figures-this-year = هذه السنة
figures-twelve-months = آخر اثني عشر شهرا
figures-from = من (يوم/شهر/سنة)
figures-until = إلى (يوم/شهر/سنة)
figures-show = عرض
figures-period = من { $from } إلى { $until }
figures-stamp = مؤقت، حُسب الآن ({ $time })
figures-own = أرقام مدينتكم المضبوطة، بما فيها ما دون الخمسة. العدد الصغير قد يدل على طفل بعينه: هذه الصفحة لمن يعمل في المدينة، ولا تُنقل أرقامها ولا تُنشر. وهي مؤقتة: تغيرها الوقائع التي تُسجَّل لاحقا. ما يجوز قوله خارج المدينة هو الأرقام المنشورة كل شهر.
figures-backwards = نهاية الفترة قبل بدايتها.
figures-too-long = الفترة عشر سنوات على الأكثر.
figures-nothing = لم يُسجل شيء في هذه الفترة.
figures-table = عرض الأرقام في جدول
figures-count = العدد
figures-share = النسبة
figures-total = المجموع
figures-unknown = غير معروف

figures-children = أطفال مشمولون بالحماية
figures-sexes = الإناث { $girls }، الذكور { $boys }
figures-contacts = تدخلات ميدانية
figures-handled = حالات تمت معالجتها
figures-services = خدمات مقدمة
figures-girls = الإناث
figures-boys = الذكور
figures-unsexed = الجنس غير محدد
figures-by-sex = الأطفال حسب الجنس
figures-by-age = الأطفال حسب السن
figures-by-nationality = الأطفال حسب مجموعة الجنسيات
figures-by-state = الملفات حسب المرحلة
figures-services-child = الخدمات المقدمة للأطفال
figures-services-mother = الخدمات المقدمة للأمهات
figures-justice = أمام النيابة العامة
figures-child-decisions = التدابير المتخذة لفائدة الطفل
figures-referrals = إحالات على النيابة العامة
figures-decisions-child = قرارات بشأن الطفل
figures-decisions-pending = قرارات بشأن الراشدين: في الانتظار
decision-figures-prosecuted = قرارات بشأن الراشدين: متابعة
decision-figures-not-prosecuted = قرارات بشأن الراشدين: عدم المتابعة
figures-to-cases = عرض الملفات
figures-unit-child = الوحدة: طفل، يُعد مرة واحدة، يوم أول تدبير حماية
figures-unit-case = الوحدة: ملف، في المرحلة التي هو فيها في آخر يوم من الفترة
figures-unit-contact = الوحدة: تدخل ميداني، يوم وقوعه
figures-unit-service = الوحدة: خدمة مقدمة لطفل
figures-unit-service-mother = الوحدة: خدمة مقدمة لأم فُتحت لها الخدمات الأربع
figures-unit-services = الوحدة: خدمة مقدمة لشخص
figures-unit-referral = الوحدة: ملف أُحيل على النيابة العامة
figures-unit-justice = الوحدة: ملف أُحيل، ثم قرار؛ والقرارات بشأن الراشدين هي السارية المفعول في آخر يوم من الفترة
figures-unit-decision = الوحدة: قرار بشأن طفل
figures-months = شهرا بعد شهر
figures-month = الشهر
figures-months-note = من { $from } إلى { $until }؛ الشهران الأول والأخير محسوبان في حدود الفترة. وإذا كانت الفترة أقل من ستة أشهر رُسم اثنا عشر شهرا.
figures-point = { $n } ({ $month })
figures-line-about = { $measure }، شهرا بعد شهر: { $points }

figures-about-work = العمل المنتظر ومن يتكلف به
figures-about-children = الأطفال والتدخلات
figures-about-time = الآجال
figures-about-help = الخدمات والأماكن
figures-about-justice = العدالة
figures-about-life = المدرسة والحالة المدنية والأسرة
figures-about-team = الفريق وتفعيل المدينة
figures-about-quality = الحقوق وجودة الملفات
figures-value = القيمة
figures-numerator = البسط
figures-denominator = المقام
figures-p90 = تسعة من عشرة خلال
figures-not-ended = لم تنته بعد
figures-mark = المرجع
figures-of = { $n } من { $all }
figures-ended = اكتمل { $n } من { $all }
figures-unit = الوحدة: { $unit }
figures-more-better = كلما ارتفع كان أفضل
figures-less-better = كلما انخفض كان أفضل
figures-days = { $n ->
    [zero] { $n } يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
figures-days-part = { $n } يوم
figures-to-today = المطلوب مني اليوم
figures-to-team = توزيع العمل داخل الفريق
figures-to-late = ملفات تجاوزت أجلها
figures-to-places = أماكن الإيواء
figures-to-meetings = الاجتماعات

figures-against = النسب وأهدافها
figures-against-note = الوحدة: نقطة مئوية. الدائرة الصغيرة للمدينة والخط لهدفها؛ والأسماء والأرقام في الجدول.
figures-against-about = نسب المدينة على سلم من مئة. { $points }
figures-reached = تحقق الهدف
figures-kept = نعم
figures-not-kept = لا
figures-complete = اكتمال المعطيات: في { $share } من الملفات تُعرف كل معطيات التصنيف: الجنس والسن والجنسية ووضعية الإعاقة والتمدرس (المؤشر 23).
