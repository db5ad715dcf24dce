judicial-follow-up = المسار لدى المحكمة
judicial-follow-up-hint = الجلسات وتدابير قاضي الأحداث والأحكام والطعون. ما سُجل لا يُمحى، ويُصحح بتسجيل جديد يعوضه.
judicial-follow-up-cell = ما يخص الطفل وحده من جلسات وتدابير. أما ما يخص الملف كله أو شخصا راشدا فيبقى للمحكمة.
judicial-follow-up-none = لم يُسجل أي إجراء لدى المحكمة بعد.
judicial-event-new = تسجيل إجراء جديد
judicial-event-hearing = جلسة
judicial-event-juvenile-measure = تدبير من قاضي الأحداث
judicial-event-judgment = حكم
judicial-event-appeal = طعن بالاستئناف
judicial-event-final = حكم حائز لقوة الشيء المقضي به
judicial-event-file = الملف كله
judicial-event-kind = نوع الإجراء
judicial-event-about = يخص
judicial-event-about-hint = لا تطلع الخلية إلا على ما يخص طفلا: الجلسة التي تخص الملف كله أو شخصا راشدا تبقى للمحكمة وحدها. إذا كان على طفل أن يحضر، يرجى تسجيل الجلسة باسمه.
judicial-event-day = اليوم
judicial-event-time = الساعة (للجلسة)
judicial-event-venue = أمام (للجلسة)
judicial-event-outcome = المآل (جلسة أو حكم أو طعن)
judicial-event-measure = تدبير قاضي الأحداث
judicial-event-act = رقم المقرر، إن وجد
judicial-event-text = ملاحظة تقرؤها المحكمة وحدها
judicial-event-replaces = يعوض، عند التصحيح أو التأجيل
judicial-event-record = تسجيل الإجراء
judicial-event-superseded = عوضه تسجيل لاحق
judicial-event-of-a-child = تدبير قاضي الأحداث يخص طفلا من الملف. يرجى اختياره.
judicial-event-of-an-adult = الحكم يخص شخصا راشدا من الملف. يرجى اختياره.
judicial-event-of-another = هذا التسجيل يخص شخصا آخر. لا يعوض إلا تسجيل يخص الشخص نفسه.
judicial-event-moved = سبق أن عُوض هذا التسجيل. يرجى فتح الملف من جديد.
judicial-outcome-of-another = هذا المآل لا يناسب نوع الإجراء.
judicial-hearing-too-far = هذا التاريخ أبعد من سنتين. يرجى التحقق من السنة.
judicial-hearing-not-yet = هذه الجلسة لم يحن وقتها بعد.
judicial-stage-juvenile-judge = لدى قاضي الأحداث
judicial-stage-investigating-judge = لدى قاضي التحقيق
judicial-stage-trial = في طور المحاكمة
judicial-stage-judgment = صدر الحكم
judicial-stage-final = اكتسب الحكم قوة الشيء المقضي به
judicial-calendar = يومية الجلسات
judicial-calendar-hint = جلسات ملفات هذه المحكمة: اليوم والساعة ورقم الملف، دون أي اسم.
judicial-calendar-file = تنزيل لبرنامج المواعيد
judicial-calendar-earlier = الشهر السابق
judicial-calendar-later = الشهر الموالي
judicial-calendar-none = لا جلسة مسجلة في هذا الشهر
judicial-feed = الاشتراك من الهاتف
judicial-feed-hint = رابط خاص بكم يقرأ منه برنامج المواعيد الساعات وأرقام الملفات، دون أي اسم. من يحصل عليه يرى ذلك أيضا: لا تطلعوا عليه أحدا. ينتهي بانتهاء مهامكم.
judicial-feed-since = الرابط قائم منذ { $date }.
judicial-feed-make = إنشاء رابط
judicial-feed-again = رابط جديد يعوض السابق
judicial-feed-end = إنهاء الرابط
judicial-feed-made = رابط يومية الجلسات
judicial-feed-once = يظهر الآن فقط. انسخوه إلى برنامج المواعيد؛ إذا ضاع، أنشئوا غيره.
judicial-statistics = إحصاءات المحكمة
judicial-statistics-hint = أرقام ملفات هذه المحكمة وحدها. تُحتسب المدة من وصول الملف إلى المحكمة.
judicial-statistics-own = لوكيل الملك أو الوكيل العام للملك وحده، وعن محكمته وحدها.
judicial-period = من { $from } إلى { $to }
judicial-period-usual = فترات معتادة
judicial-period-month = هذا الشهر
judicial-period-quarter = هذا الفصل
judicial-period-year = هذه السنة
judicial-period-from = من
judicial-period-to = إلى
judicial-period-wrong = نهاية الفترة يجب أن تلي بدايتها، في حدود عشر سنوات.
judicial-stat-figures = الملفات والمدد
judicial-stat-received = ملفات وصلت إلى المحكمة
judicial-stat-children = أطفال في هذه الملفات
judicial-stat-adults = راشدون في هذه الملفات
judicial-stat-to-measure = المدة الوسيطة حتى أول تدبير للطفل
judicial-stat-to-decision = المدة الوسيطة حتى أول قرار حاسم بشأن راشد
judicial-stat-sent-on = ملفات أُحيلت على محكمة أخرى
judicial-stat-returned = إرجاع من أجل الاستكمال
judicial-stat-closed = إغلاق ملفات
judicial-stat-notices = إشعارات استعجالية
judicial-stat-to-notice = المدة الوسيطة حتى تأكيد الاطلاع على الإشعار
judicial-stat-children-kinds = تدابير لفائدة الأطفال حسب النوع
decision-stat-adults-kinds = قرارات بشأن الراشدين حسب النوع
judicial-stat-pending = ملفات تنتظر الآن
judicial-stat-pending-hint = عدد الملفات حسب ما يُنتظر ومدة وجودها بالمحكمة، إلى هذه الساعة.
judicial-stat-none = لا قرار في هذه الفترة
judicial-col-figure = الرقم
judicial-col-value = القيمة
judicial-col-unit = الوحدة
judicial-col-decision = القرار
judicial-col-all = المجموع
judicial-unit-files = ملف
judicial-unit-children = طفل
judicial-unit-adults = راشد
judicial-unit-times = مرة
judicial-unit-notices = إشعار
judicial-unit-decisions = قرار
judicial-waits-receipt = إشعار بالتوصل
judicial-waits-completion = استكمال من الخلية
judicial-waits-child-measure = تدبير لفائدة الطفل
judicial-waits-adult-decision = قرار بشأن راشد
judicial-waits-adult-again = قرار بعد إجراء لم يحسم
judicial-age-day = أقل من يوم
judicial-age-three = من يوم إلى 3 أيام
judicial-age-week = من 3 إلى 7 أيام
judicial-age-month = من 7 إلى 30 يوما
judicial-age-older = أكثر من 30 يوما
judicial-minutes = { $n ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
judicial-hours = { $n ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
judicial-days = { $n ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
judicial-median-children = { $n ->
    [zero] دون أي طفل
    [one] طفل واحد
    [two] طفلان
    [few] { $n } أطفال
    [many] { $n } طفلا
   *[other] { $n } طفل
}
judicial-median-adults = { $n ->
    [zero] دون أي راشد
    [one] راشد واحد
    [two] راشدان
    [few] { $n } راشدين
    [many] { $n } راشدا
   *[other] { $n } راشد
}
judicial-median-notices = { $n ->
    [zero] دون أي إشعار
    [one] إشعار واحد
    [two] إشعاران
    [few] { $n } إشعارات
    [many] { $n } إشعارا
   *[other] { $n } إشعار
}
field-about = يخص
field-held-on = اليوم
field-held-time = الساعة
field-venue = أمام
field-measure = التدبير
field-replaces = يعوض
