account-title = حسابي
account-safety = أمان الحساب
account-done-password = تغيرت كلمة السر، وانتهت كل الجلسات الأخرى.
account-done-sessions = انتهت الجلسة على ذلك الجهاز.
account-done-factor = لم يعد للحساب تحقق ثان، وانتهت كل الجلسات الأخرى.
account-done-passkey = أُضيف مفتاح المرور، وانتهت كل الجلسات الأخرى.
account-done-passkey-removed = أُزيل مفتاح المرور، وانتهت كل الجلسات الأخرى.
account-devices = الأجهزة المتصلة
account-devices-hint = جهاز غير معروف هنا؟ يجب إنهاء جلسته وتغيير كلمة السر.
account-device = الجهاز
account-device-unknown = جهاز لم يعرّف بنفسه
account-since = منذ
account-seen = آخر نشاط
account-this = هذا الجهاز
account-end = إنهاء الجلسة
account-end-others = إنهاء كل الجلسات الأخرى
account-language = لغة الصفحات
account-language-hint = تبقى هذه اللغة عند الدخول من أي جهاز.
account-password = كلمة السر
account-password-since = لم تتغير منذ { $date }.
account-password-change = تغيير كلمة السر
account-password-hint = لا حاجة إلى تغييرها دوريا؛ يكفي تغييرها عند الشك.
account-password-ends = تنتهي بعدها كل الجلسات الأخرى.
password-old = كلمة السر الحالية
password-old-wrong = كلمة السر الحالية غير صحيحة.
account-factor-on = مفعّل
account-factor-off = غير مفعّل
account-factor-since = مفعّل منذ { $date }.
account-codes-left = { $n ->
    [zero] لم يبق أي رمز احتياطي.
    [one] بقي رمز احتياطي واحد.
    [two] بقي رمزان احتياطيان.
    [few] بقيت { $n } رموز احتياطية.
    [many] بقي { $n } رمزا احتياطيا.
   *[other] بقي { $n } رمز احتياطي.
}
account-factor-keep = إدارة التحقق الثاني
account-codes-hint = الرموز الجديدة تلغي القديمة.
account-codes-new = رموز احتياطية جديدة
account-factor-remove = تعطيل التحقق الثاني
account-factor-remove-hint = بعد التعطيل تكفي كلمة السر وحدها للدخول.
account-factor-replace = تغيير الهاتف
account-factor-replace-hint = المهمة تشترط تحققا ثانيا: يُطلب تفعيله من جديد فورا.
account-factor-ends = تنتهي بعدها كل الجلسات الأخرى.
account-factor-offer = التحقق الثاني اختياري في هذه المهمة، وهو يحمي الأطفال المسجلين إذا سُرقت كلمة السر. يلزم هاتف عليه تطبيق تحقق، ودقيقتان.
confirm-title = تأكيد الهوية
confirm-why = ما سيلي حساس. يُطلب التأكيد مرة واحدة كل خمس دقائق.
confirm-kept = ما كُتب قبل هذه الصفحة باق ويُرسل بعد التأكيد.
