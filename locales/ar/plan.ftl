plan-over = خطة عمل حماية الأطفال من الاستغلال في التسول
plan-title = الخطة ومدنها
plan-share = { $n } من { $of } عمالة وإقليما
plan-note = ترافق العلامة كل واقعة لها مصدر منشور: الصفحة المؤسسة للخطة لدى الوزارة وصحافة سنة 2021. وما لم يذكره أي مصدر يُعلن أنه غير معروف.
plan-sourced = مصدر منشور
plan-phases = المراحل
plan-decided-on = قرار { $date }
plan-launched-undecided = انطلاق يوم { $date }؛ تاريخ القرار غير منشور
plan-announced = أفق معلن؛ لا قرار منشور
plan-cities = مدن الخطة
plan-city = المدينة
plan-phase-court = المرحلة والمحكمة
plan-beginning = الانطلاق أو أول اجتماع
plan-prefecture = عمالة { $name }
plan-launch = الانطلاق
plan-first-meeting = الاجتماع الأول
plan-not-published = غير منشور
plan-court-note = في انتظار التأكيد
plan-seats = المقاعد
plan-seats-unpublished = غير منشورة
plan-events = القرارات والاجتماعات
plan-events-note = من الأحدث إلى الأقدم.
plan-decision = قرار اللجنة
plan-remote = عن بعد
plan-teams = الفرق
plan-members = { $n ->
    [zero] عضو
    [one] عضو
    [two] عضوان
    [few] أعضاء
    [many] عضوا
   *[other] عضو
}
plan-members-scope = منشور عن فرق { $cities } مجتمعة
plan-seats-unknown = عدد مقاعد كل فريق غير منشور، ولذلك لا يُعرض أي عدد لفريق بمفرده.
plan-not-yet = لم تشملها الخطة بعد
plan-map-about = خريطة المغرب: { $share } في الخطة. { $phases }.
