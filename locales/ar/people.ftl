name-unknown = الاسم غير معروف
name-unknown-mark = ؟
age-unknown = السن غير معروف
age-approx = { $age } تقريبا
age-months = { $n ->
    [zero] أقل من شهر
    [one] شهر واحد
    [two] شهران
    [few] { $n } أشهر
    [many] { $n } شهرا
   *[other] { $n } شهر
}
age-months-range = { $n ->
    [zero] أقل من شهر
    [one] أقل من شهرين
    [two] بين { $min } وشهرين
    [few] بين { $min } و{ $n } أشهر
    [many] بين { $min } و{ $n } شهرا
   *[other] بين { $min } و{ $n } شهر
}
age-years = { $n ->
    [zero] أقل من سنة
    [one] سنة واحدة
    [two] سنتان
    [few] { $n } سنوات
    [many] { $n } سنة
   *[other] { $n } سنة
}
age-years-range = { $n ->
    [zero] أقل من سنة
    [one] سنة أو أقل
    [two] بين { $min } وسنتين
    [few] بين { $min } و{ $n } سنوات
    [many] بين { $min } و{ $n } سنة
   *[other] بين { $min } و{ $n } سنة
}
