// Written by `cargo bench --bench evaluate -- --write-native`; the bench checks that it is up to date.
#[inline(never)]
pub fn b(p: &Patient, today: Day, out: &mut Vec<u16>) {
    let age = (today - p.birth) / 10_000;
    let county = p.county.as_str();
    if age >= 18 && p.medicines.iter().any(|m| m.starts_with("N02A")) && !p.detained && age < 21 {
        out.push(0);
    }
    if (county == "01" || county == "04" || county == "20") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16") && (today - d.onset) / 10_000 >= 2) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age < 65 && age >= 13 {
        out.push(1);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.2")) && !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && age < 21 && p.referral {
        out.push(2);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.2") && (today - d.onset) / 10_000 >= 5) && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && (county == "01" || county == "09" || county == "13") && !p.medicines.iter().any(|m| m.starts_with("N06AB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) && age >= 16 {
        out.push(3);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10") && (today - d.onset) / 10_000 >= 2) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4") && (today - d.onset) / 10_000 >= 2) {
        out.push(4);
    }
    if p.medicines.iter().any(|m| m.starts_with("N02A")) && age < 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.0")) && (county == "01" || county == "09" || county == "21") && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.3") && (today - d.onset) / 10_000 >= 2) {
        out.push(5);
    }
    if age >= 16 && county == "06" && age < 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12")) && p.detained {
        out.push(6);
    }
    if p.detained && age >= 20 && county == "21" {
        out.push(7);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BC")) && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && county == "13" {
        out.push(8);
    }
    if age >= 20 && !p.detained && (county == "01" || county == "08" || county == "19") {
        out.push(9);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.1")) && county == "07" && !p.medicines.iter().any(|m| m.starts_with("N06AB")) {
        out.push(10);
    }
    if county == "18" && p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.3")) && (county == "01" || county == "12" || county == "21") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.1") && (today - d.onset) / 10_000 >= 2) && age >= 25 {
        out.push(11);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.social && age >= 13 && (county == "01" || county == "12" || county == "22") && !p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16") && (today - d.onset) / 10_000 >= 5) {
        out.push(12);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.0") && (today - d.onset) / 10_000 >= 1) && county == "20" {
        out.push(13);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11") && (today - d.onset) / 10_000 >= 5) && p.detained && !p.medicines.iter().any(|m| m.starts_with("N02A")) && county == "21" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.0")) {
        out.push(14);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && age < 21 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17") && (today - d.onset) / 10_000 >= 5) {
        out.push(15);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age < 75 && !p.detained && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14") && (today - d.onset) / 10_000 >= 2) {
        out.push(16);
    }
    if age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.2")) && !p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.0") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3")) {
        out.push(17);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && age < 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.3")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && age >= 25 {
        out.push(18);
    }
    if age < 20 && (county == "01" || county == "05" || county == "17") && age >= 25 {
        out.push(19);
    }
    if age >= 15 && county == "04" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.0")) && p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) && age < 18 {
        out.push(20);
    }
    if age < 65 && age >= 15 && county == "08" && age < 21 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.1")) && age >= 13 {
        out.push(21);
    }
    if county == "25" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12")) && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && county == "19" {
        out.push(22);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.1")) && age >= 16 && county == "03" && age < 20 {
        out.push(23);
    }
    if !p.detained && (county == "01" || county == "09" || county == "14") && !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) && age >= 15 {
        out.push(24);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.3")) {
        out.push(25);
    }
    if p.medicines.iter().any(|m| m.starts_with("N06AB")) && age >= 15 && (county == "01" || county == "07" || county == "17") {
        out.push(26);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.0")) && age >= 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) && age < 65 {
        out.push(27);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) && age >= 18 && p.referral && county == "18" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.0") && (today - d.onset) / 10_000 >= 5) && (county == "01" || county == "05" || county == "13") {
        out.push(28);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.3") && (today - d.onset) / 10_000 >= 1) && age >= 25 && county == "24" {
        out.push(29);
    }
    if age >= 20 && (county == "01" || county == "05" || county == "21") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) {
        out.push(30);
    }
    if county == "09" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.4")) && (county == "01" || county == "12" || county == "13") && county == "14" {
        out.push(31);
    }
    if age >= 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3")) && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.3")) && age >= 15 {
        out.push(32);
    }
    if age >= 13 && p.medicines.iter().any(|m| m.starts_with("N05B")) && age >= 20 && age >= 25 {
        out.push(33);
    }
    if age >= 25 && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.0")) && age >= 15 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) {
        out.push(34);
    }
    if !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2")) && county == "03" && age >= 15 {
        out.push(35);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.3")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.3")) {
        out.push(36);
    }
    if age >= 18 && p.social && age < 75 && !p.detained && p.referral {
        out.push(37);
    }
    if age >= 15 && age >= 20 && (county == "01" || county == "06" || county == "22") {
        out.push(38);
    }
    if age < 75 && age < 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14")) {
        out.push(39);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.0")) && p.medicines.iter().any(|m| m.starts_with("N07BC")) && age >= 18 && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.2")) && county == "18" {
        out.push(40);
    }
    if age >= 13 && county == "24" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) {
        out.push(41);
    }
    if age >= 25 && age < 75 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2")) && !p.medicines.iter().any(|m| m.starts_with("N07BC")) && (county == "01" || county == "06" || county == "13") {
        out.push(42);
    }
    if !p.referral && age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3")) {
        out.push(43);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age < 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4") && (today - d.onset) / 10_000 >= 2) && county == "08" {
        out.push(44);
    }
    if age < 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14")) && age >= 18 {
        out.push(45);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05B")) && age >= 25 && !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && age >= 13 {
        out.push(46);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BB")) && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.0")) && !p.medicines.iter().any(|m| m.starts_with("N05B")) && (county == "01" || county == "06" || county == "18") {
        out.push(47);
    }
    if p.medicines.iter().any(|m| m.starts_with("N06BA04")) && !p.referral && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) {
        out.push(48);
    }
    if age < 21 && p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4") && (today - d.onset) / 10_000 >= 1) && county == "04" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.4")) && !p.detained {
        out.push(49);
    }
    if age < 65 && age >= 25 && (county == "01" || county == "09" || county == "19") && age < 18 && age >= 18 && age < 25 {
        out.push(50);
    }
    if age >= 15 && age < 21 && !p.medicines.iter().any(|m| m.starts_with("N07BC")) && age >= 20 && age < 25 {
        out.push(51);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.3")) && !p.medicines.iter().any(|m| m.starts_with("N05BA")) && (county == "01" || county == "12" || county == "20") {
        out.push(52);
    }
    if (county == "01" || county == "05" || county == "19") && (county == "01" || county == "03" || county == "19") && county == "03" && p.social {
        out.push(53);
    }
    if p.referral && county == "17" && !p.detained && age < 75 && !p.medicines.iter().any(|m| m.starts_with("N07BC")) {
        out.push(54);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2")) && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.4")) && p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4")) {
        out.push(55);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.4")) && p.medicines.iter().any(|m| m.starts_with("N06BA04")) && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && !p.social {
        out.push(56);
    }
    if county == "09" && !p.detained && p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.1")) && (county == "01" || county == "06" || county == "24") {
        out.push(57);
    }
    if county == "21" && !p.medicines.iter().any(|m| m.starts_with("N06AB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.1") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3") && (today - d.onset) / 10_000 >= 5) {
        out.push(58);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && county == "20" && age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18") && (today - d.onset) / 10_000 >= 1) {
        out.push(59);
    }
    if age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3") && (today - d.onset) / 10_000 >= 2) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.0") && (today - d.onset) / 10_000 >= 2) {
        out.push(60);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05B")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4")) {
        out.push(61);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && age >= 20 && !p.detained && age >= 18 && (county == "01" || county == "10" || county == "14") {
        out.push(62);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BB")) && p.referral && p.medicines.iter().any(|m| m.starts_with("N02A")) && county == "04" && age < 21 && age >= 13 {
        out.push(63);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N02A")) && (county == "01" || county == "07" || county == "22") && p.medicines.iter().any(|m| m.starts_with("N02A")) && !p.social && p.social {
        out.push(64);
    }
    if (county == "01" || county == "10" || county == "24") && county == "12" && !p.medicines.iter().any(|m| m.starts_with("N07BB")) && !p.detained {
        out.push(65);
    }
    if county == "23" && county == "01" && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.0")) && county == "08" && age < 25 {
        out.push(66);
    }
    if (county == "01" || county == "03" || county == "13") && !p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3")) && p.medicines.iter().any(|m| m.starts_with("N05B")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.1")) && !p.medicines.iter().any(|m| m.starts_with("N05BA")) {
        out.push(67);
    }
    if county == "05" && (county == "01" || county == "10" || county == "20") && age >= 20 && p.referral && !p.detained && age < 21 {
        out.push(68);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.4")) && (county == "01" || county == "10" || county == "18") && age >= 20 && (county == "01" || county == "09" || county == "21") {
        out.push(69);
    }
    if p.detained && age < 21 && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.0")) {
        out.push(70);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.3") && (today - d.onset) / 10_000 >= 2) && age < 18 && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.1") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.3")) && !p.medicines.iter().any(|m| m.starts_with("N05BA")) {
        out.push(71);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1") && (today - d.onset) / 10_000 >= 1) && age >= 13 && p.social {
        out.push(72);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.2")) && !p.medicines.iter().any(|m| m.starts_with("N05B")) && (county == "01" || county == "04" || county == "22") && county == "14" {
        out.push(73);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.4")) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age < 65 {
        out.push(74);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && age < 25 && age < 18 {
        out.push(75);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.2")) && age >= 18 && county == "14" && !p.detained {
        out.push(76);
    }
    if age < 75 && age >= 20 && county == "07" {
        out.push(77);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.4")) && age >= 18 && age >= 20 {
        out.push(78);
    }
    if !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3") && (today - d.onset) / 10_000 >= 1) && age < 18 && age >= 20 {
        out.push(79);
    }
    if county == "25" && age >= 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.1")) && county == "13" {
        out.push(80);
    }
    if age >= 18 && county == "05" && county == "08" {
        out.push(81);
    }
    if age >= 15 && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age < 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.3") && (today - d.onset) / 10_000 >= 2) && age >= 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.2") && (today - d.onset) / 10_000 >= 5) {
        out.push(82);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3")) && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age >= 15 && !p.medicines.iter().any(|m| m.starts_with("N05B")) {
        out.push(83);
    }
    if (county == "01" || county == "04" || county == "25") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15") && (today - d.onset) / 10_000 >= 1) && age < 25 {
        out.push(84);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05BA")) && county == "13" && age < 18 {
        out.push(85);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && age >= 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.4")) {
        out.push(86);
    }
    if age < 75 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2") && (today - d.onset) / 10_000 >= 2) && age >= 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.2")) {
        out.push(87);
    }
    if age >= 25 && p.medicines.iter().any(|m| m.starts_with("N07BC")) && (county == "01" || county == "03" || county == "25") {
        out.push(88);
    }
    if age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.0")) {
        out.push(89);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && age >= 15 && (county == "01" || county == "06" || county == "21") {
        out.push(90);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4") && (today - d.onset) / 10_000 >= 5) && age < 21 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.0") && (today - d.onset) / 10_000 >= 2) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.2") && (today - d.onset) / 10_000 >= 1) {
        out.push(91);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.3")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14")) {
        out.push(92);
    }
    if p.medicines.iter().any(|m| m.starts_with("N02A")) && (county == "01" || county == "09" || county == "24") && p.referral {
        out.push(93);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3")) && !p.medicines.iter().any(|m| m.starts_with("N07BC")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.4")) && age >= 18 && !p.social && age >= 16 {
        out.push(94);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) && !p.medicines.iter().any(|m| m.starts_with("N06AB")) {
        out.push(95);
    }
    if p.medicines.iter().any(|m| m.starts_with("N05B")) && (county == "01" || county == "05" || county == "17") && !p.detained && (county == "01" || county == "04" || county == "17") && !p.medicines.iter().any(|m| m.starts_with("N07BB")) {
        out.push(96);
    }
    if !p.detained && age >= 25 && county == "19" {
        out.push(97);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1") && (today - d.onset) / 10_000 >= 1) && (county == "01" || county == "10" || county == "25") && !p.referral {
        out.push(98);
    }
    if age < 65 && !p.medicines.iter().any(|m| m.starts_with("N06AB")) && p.medicines.iter().any(|m| m.starts_with("N07BB")) {
        out.push(99);
    }
    if p.referral && p.social && age >= 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.3")) {
        out.push(100);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16") && (today - d.onset) / 10_000 >= 2) {
        out.push(101);
    }
    if !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.0") && (today - d.onset) / 10_000 >= 1) && county == "21" && age >= 25 && (county == "01" || county == "07" || county == "20") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.2")) {
        out.push(102);
    }
    if age >= 15 && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.2") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.0") && (today - d.onset) / 10_000 >= 2) {
        out.push(103);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) && age >= 16 {
        out.push(104);
    }
    if p.medicines.iter().any(|m| m.starts_with("N05B")) && p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.3")) && p.social {
        out.push(105);
    }
    if p.medicines.iter().any(|m| m.starts_with("N06BA04")) && age >= 20 && age < 75 {
        out.push(106);
    }
    if age >= 18 && !p.social && (county == "01" || county == "07" || county == "14") && age >= 16 {
        out.push(107);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.3")) && age >= 16 && p.medicines.iter().any(|m| m.starts_with("N06AB")) {
        out.push(108);
    }
    if p.social && (county == "01" || county == "05" || county == "18") && county == "08" {
        out.push(109);
    }
    if p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && !p.detained {
        out.push(110);
    }
    if !p.detained && age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4") && (today - d.onset) / 10_000 >= 5) && county == "20" {
        out.push(111);
    }
    if !p.detained && age >= 15 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.3") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.4") && (today - d.onset) / 10_000 >= 5) && (county == "01" || county == "09" || county == "23") && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) {
        out.push(112);
    }
    if !p.detained && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.referral && age < 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4")) {
        out.push(113);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05B")) && age >= 25 && p.medicines.iter().any(|m| m.starts_with("N06AB")) && (county == "01" || county == "08" || county == "24") && !p.social && p.medicines.iter().any(|m| m.starts_with("N06BA04")) {
        out.push(114);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.1")) && !p.detained && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12") && (today - d.onset) / 10_000 >= 1) {
        out.push(115);
    }
    if county == "09" && age < 75 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4")) {
        out.push(116);
    }
    if age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && age >= 25 {
        out.push(117);
    }
    if age >= 15 && (county == "01" || county == "07" || county == "14") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11")) && !p.referral {
        out.push(118);
    }
    if county == "21" && age >= 20 && !p.medicines.iter().any(|m| m.starts_with("N05BA")) && age < 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.3")) {
        out.push(119);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BB")) && age < 65 && age < 75 && age >= 20 {
        out.push(120);
    }
    if p.referral && p.medicines.iter().any(|m| m.starts_with("N02A")) && !p.detained && age < 18 {
        out.push(121);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.0")) && age >= 20 && age >= 16 && county == "23" && p.medicines.iter().any(|m| m.starts_with("N06AB")) && !p.medicines.iter().any(|m| m.starts_with("N07BC")) {
        out.push(122);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BB")) && age >= 18 && age < 21 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2")) && age >= 13 {
        out.push(123);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BC")) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && !p.detained && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) {
        out.push(124);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.3")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && p.referral && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && (county == "01" || county == "08" || county == "22") {
        out.push(125);
    }
    if (county == "01" || county == "09" || county == "13") && age >= 25 && age < 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) {
        out.push(126);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4")) && county == "12" && county == "04" {
        out.push(127);
    }
    if p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.2") && (today - d.onset) / 10_000 >= 5) && !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.medicines.iter().any(|m| m.starts_with("N06AB")) && !p.detained {
        out.push(128);
    }
    if !p.social && !p.detained && county == "08" && county == "19" && county == "17" && age >= 13 {
        out.push(129);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4") && (today - d.onset) / 10_000 >= 5) && !p.detained && p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.medicines.iter().any(|m| m.starts_with("N06AB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.0")) {
        out.push(130);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.2") && (today - d.onset) / 10_000 >= 2) && p.medicines.iter().any(|m| m.starts_with("N05B")) && age >= 18 && !p.detained && (county == "01" || county == "06" || county == "13") {
        out.push(131);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && age >= 15 && age >= 20 && county == "06" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) {
        out.push(132);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4")) && p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3")) && (county == "01" || county == "04" || county == "22") && county == "01" {
        out.push(133);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11")) && age < 21 && age >= 18 && county == "17" {
        out.push(134);
    }
    if age < 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && !p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15") && (today - d.onset) / 10_000 >= 2) && (county == "01" || county == "12" || county == "13") {
        out.push(135);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && (county == "01" || county == "07" || county == "20") && p.referral && age >= 18 && county == "20" {
        out.push(136);
    }
    if p.medicines.iter().any(|m| m.starts_with("N05BA")) && age >= 15 && age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16") && (today - d.onset) / 10_000 >= 5) && (county == "01" || county == "08" || county == "23") {
        out.push(137);
    }
    if (county == "01" || county == "08" || county == "22") && !p.detained && !p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.detained && !p.social {
        out.push(138);
    }
    if !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12")) && age < 65 {
        out.push(139);
    }
    if (county == "01" || county == "09" || county == "22") && age >= 13 && p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10") && (today - d.onset) / 10_000 >= 1) {
        out.push(140);
    }
    if age >= 18 && age >= 16 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && !p.detained && p.medicines.iter().any(|m| m.starts_with("N05B")) && age < 20 {
        out.push(141);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3")) && age >= 18 && p.medicines.iter().any(|m| m.starts_with("N07BC")) {
        out.push(142);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.1") && (today - d.onset) / 10_000 >= 2) && county == "03" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11")) && !p.medicines.iter().any(|m| m.starts_with("N05B")) && !p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age >= 15 {
        out.push(143);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.1") && (today - d.onset) / 10_000 >= 5) && !p.medicines.iter().any(|m| m.starts_with("N05B")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.2") && (today - d.onset) / 10_000 >= 1) {
        out.push(144);
    }
    if (county == "01" || county == "12" || county == "25") && age >= 15 && (county == "01" || county == "09" || county == "21") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.4")) {
        out.push(145);
    }
    if age >= 13 && !p.detained && p.social {
        out.push(146);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.3") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.2") && (today - d.onset) / 10_000 >= 2) && age < 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19") && (today - d.onset) / 10_000 >= 5) {
        out.push(147);
    }
    if age >= 16 && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.0")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.1") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0") && (today - d.onset) / 10_000 >= 1) {
        out.push(148);
    }
    if age < 65 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2") && (today - d.onset) / 10_000 >= 5) && !p.detained && age < 21 && age >= 16 && age >= 13 {
        out.push(149);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.3") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.4") && (today - d.onset) / 10_000 >= 5) && age >= 13 {
        out.push(150);
    }
    if age >= 15 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2")) && age >= 13 {
        out.push(151);
    }
    if age >= 20 && p.medicines.iter().any(|m| m.starts_with("N07BC")) && !p.medicines.iter().any(|m| m.starts_with("N05B")) {
        out.push(152);
    }
    if age < 21 && p.referral && (county == "01" || county == "04" || county == "13") && !p.medicines.iter().any(|m| m.starts_with("N05BA")) {
        out.push(153);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18") && (today - d.onset) / 10_000 >= 1) && age < 75 && age >= 18 && county == "25" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19") && (today - d.onset) / 10_000 >= 5) {
        out.push(154);
    }
    if !p.social && county == "06" && age >= 16 {
        out.push(155);
    }
    if !p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.0") && (today - d.onset) / 10_000 >= 2) && p.medicines.iter().any(|m| m.starts_with("N07BC")) && !p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10")) {
        out.push(156);
    }
    if (county == "01" || county == "06" || county == "14") && p.medicines.iter().any(|m| m.starts_with("N02A")) && county == "08" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11")) {
        out.push(157);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && age < 65 && age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4") && (today - d.onset) / 10_000 >= 5) && p.detained {
        out.push(158);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && county == "09" && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) {
        out.push(159);
    }
    if p.detained && !p.detained && age < 65 && p.referral && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2")) {
        out.push(160);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && age >= 20 && !p.medicines.iter().any(|m| m.starts_with("N07BB")) {
        out.push(161);
    }
    if age >= 18 && age >= 25 && (county == "01" || county == "03" || county == "19") && age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.1")) && !p.detained {
        out.push(162);
    }
    if age >= 25 && p.medicines.iter().any(|m| m.starts_with("N07BB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16") && (today - d.onset) / 10_000 >= 5) && p.medicines.iter().any(|m| m.starts_with("N02A")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.3") && (today - d.onset) / 10_000 >= 2) {
        out.push(163);
    }
    if age >= 13 && county == "24" && p.medicines.iter().any(|m| m.starts_with("N05B")) && age < 65 && age < 75 {
        out.push(164);
    }
    if county == "21" && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.3") && (today - d.onset) / 10_000 >= 2) {
        out.push(165);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4")) && !p.medicines.iter().any(|m| m.starts_with("N07BC")) && county == "20" && (county == "01" || county == "08" || county == "17") && !p.medicines.iter().any(|m| m.starts_with("N06AB")) && age >= 13 {
        out.push(166);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12")) && !p.medicines.iter().any(|m| m.starts_with("N06BA04")) && p.social && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.0") && (today - d.onset) / 10_000 >= 5) && !p.detained {
        out.push(167);
    }
    if !p.social && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && (county == "01" || county == "07" || county == "18") && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4")) {
        out.push(168);
    }
    if age < 25 && !p.medicines.iter().any(|m| m.starts_with("N07BB")) && p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age >= 13 {
        out.push(169);
    }
    if !p.medicines.iter().any(|m| m.starts_with("N07BB")) && !p.social && (county == "01" || county == "07" || county == "25") && p.detained && age >= 20 && age >= 25 {
        out.push(170);
    }
    if age >= 20 && !p.detained && !p.referral && age >= 25 {
        out.push(171);
    }
    if age >= 16 && age >= 13 && p.medicines.iter().any(|m| m.starts_with("N05BA")) && p.referral {
        out.push(172);
    }
    if age >= 25 && age >= 16 && p.medicines.iter().any(|m| m.starts_with("N02A")) && (county == "01" || county == "06" || county == "22") {
        out.push(173);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F10.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.1")) && !p.medicines.iter().any(|m| m.starts_with("N07BB")) && county == "18" && p.referral {
        out.push(174);
    }
    if age >= 20 && !p.detained && age < 75 && county == "05" {
        out.push(175);
    }
    if age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.3")) && age >= 16 && !p.detained && age >= 15 {
        out.push(176);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18") && (today - d.onset) / 10_000 >= 2) && (county == "01" || county == "03" || county == "14") && age < 75 && !p.referral && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F14.4")) && p.social {
        out.push(177);
    }
    if (county == "01" || county == "04" || county == "24") && age >= 25 && age >= 20 {
        out.push(178);
    }
    if county == "03" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) && age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15")) && (county == "01" || county == "08" || county == "14") {
        out.push(179);
    }
    if age >= 18 && age >= 15 && county == "18" && !p.detained && p.social {
        out.push(180);
    }
    if age >= 25 && p.medicines.iter().any(|m| m.starts_with("N06AB")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.1")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F16.4")) {
        out.push(181);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BB")) && age < 21 && age >= 15 && age >= 16 && !p.medicines.iter().any(|m| m.starts_with("N07BB")) && !p.detained {
        out.push(182);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BB")) && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4")) && p.referral && county == "18" && p.medicines.iter().any(|m| m.starts_with("N07BC")) {
        out.push(183);
    }
    if (county == "01" || county == "04" || county == "17") && p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.4")) && age >= 20 {
        out.push(184);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.4") && (today - d.onset) / 10_000 >= 5) && !p.detained && age >= 16 && p.detained && age >= 20 && age >= 18 {
        out.push(185);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F19.3") && (today - d.onset) / 10_000 >= 2) && county == "06" && age >= 13 {
        out.push(186);
    }
    if age >= 15 && !p.detained && age < 20 && age >= 18 && p.referral && !p.medicines.iter().any(|m| m.starts_with("N06AB")) {
        out.push(187);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.0")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.2")) {
        out.push(188);
    }
    if age >= 18 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.0")) {
        out.push(189);
    }
    if age >= 15 && age >= 20 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.3")) && (county == "01" || county == "05" || county == "23") && !p.medicines.iter().any(|m| m.starts_with("N02A")) {
        out.push(190);
    }
    if p.medicines.iter().any(|m| m.starts_with("N05B")) && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && age >= 13 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18.4") && (today - d.onset) / 10_000 >= 1) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) {
        out.push(191);
    }
    if !p.detained && p.medicines.iter().any(|m| m.starts_with("N07BC01")) && !p.referral && p.medicines.iter().any(|m| m.starts_with("N07BB")) {
        out.push(192);
    }
    if p.medicines.iter().any(|m| m.starts_with("N07BC51")) && age >= 25 && age < 65 && county == "17" && p.medicines.iter().any(|m| m.starts_with("N06BA04")) {
        out.push(193);
    }
    if county == "09" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F15.2") && (today - d.onset) / 10_000 >= 1) && !p.social && p.social && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) {
        out.push(194);
    }
    if age >= 16 && !p.detained && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F17.2")) && county == "14" && county == "20" {
        out.push(195);
    }
    if age >= 25 && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) && county == "24" && (county == "01" || county == "09" || county == "23") {
        out.push(196);
    }
    if age < 20 && (county == "01" || county == "03" || county == "13") && !p.referral && age >= 20 && age >= 16 && p.detained {
        out.push(197);
    }
    if county == "14" && !p.medicines.iter().any(|m| m.starts_with("N07BC01")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13") && (today - d.onset) / 10_000 >= 5) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18") && (today - d.onset) / 10_000 >= 5) && p.medicines.iter().any(|m| m.starts_with("N07BC51")) && county == "12" {
        out.push(198);
    }
    if p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F18")) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2") && (today - d.onset) / 10_000 >= 2) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13.3") && (today - d.onset) / 10_000 >= 1) && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F13")) && county == "17" && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F12.0")) {
        out.push(199);
    }
}
