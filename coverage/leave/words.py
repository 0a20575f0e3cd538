"""The words by which a calendar says that somebody is away, or that they are not: one table for all languages.

To teach Podline a word, add it to the line of its meaning and language. Case and accents do not matter, a hyphen is
a space, the longest phrase wins ("sick leave" before "leave"). A word with a * at one end stands for all that end or
begin so, unless they are listed themselves: that is how German and Dutch make words.
"""

from coverage.leave.meanings import KINDS, Meaning
from coverage.leave.other_words import OTHER_WORDS

LEAVE_WORDS: dict[Meaning, dict[str, str]] = {
    Meaning.ANNUAL: {
        "en": """annual leave, holiday, holidays, hols, vacation, vacations, vac, pto, paid time off, al, a l, paid
            leave, leave paid, paid absence, holiday leave, vacation leave, vacation day, recreation leave, annual
            holiday, vacay, staycation, honeymoon, privilege leave, earned leave, casual leave, floating holiday, fto,
            dto, flexible time off, discretionary time off""",
        "de": """urlaub, urlaubs, jahresurlaub, erholungsurlaub, resturlaub, tarifurlaub, urlaubstag, urlaubstage,
            ferien, ferientag, urlaubszeit, urlaubswoche, urlaubswochen, urlaubsreise, urlaubsabwesenheit,
            flitterwochen, *urlaub""",
        "fr": """conges, conge annuel, conges annuels, conges payes, conge paye, vacances, en vacances, en conge, en
            conges, cp""",
        "es": "vacaciones, de vacaciones, dias de vacaciones",
        "it": "ferie, in ferie, vacanza, vacanze, in vacanza",
        "nl": """vakantie, met vakantie, op vakantie, vakantieverlof, vakantiedag, vakantiedagen, jaarlijks verlof,
            vrije dagen, *vakantie""",
        "pt": "ferias, de ferias, em ferias",
        "symbols": "🌴, 🏖, 🏝, ⛱",
    },
    Meaning.SICK: {
        "en": """sick, sick leave, sick day, sickness, off sick, sick absence, sickness absence, ill, illness, unwell,
            poorly, medical leave, medical absence, called in sick, child sick, sick child, covid, covid 19, flu,
            isolating, self isolating, quarantine, injured, injury, isolation""",
        "de": """krank, krankheit, krankmeldung, krankgemeldet, krankgeschrieben, krankenstand, arbeitsunfahig,
            arbeitsunfahigkeit, kind krank, kindkrank, krankheitstag, krankheitsbedingt, erkrankt, reha, kur,
            krankentag, kranktag, kranktage, krankheitstage, krankheitsfall, krankschreibung, krankgemeldete,
            krankheitsausfall, quarantane, wiedereingliederung, grippe, arbeitsunfall""",
        "fr": """malade, maladie, arret maladie, arret de travail, conge maladie, en arret, en arret maladie, enfant
            malade, conges maladie, accident du travail, hospitalisation, hospitalise, hospitalisee, accident de
            travail, accident de trajet""",
        "es": """enfermo, enferma, enfermedad, baja medica, baja por enfermedad, de baja, baja laboral, baja,
            incapacidad temporal, indispuesto, indispuesta, accidente laboral, hospitalizacion""",
        "it": """malattia, malato, malata, in malattia, assenza per malattia, congedo per malattia, in mutua, ammalato,
            ammalata, infortunio, influenza""",
        "nl": "ziek, ziekte, ziekteverlof, ziekmelding, ziek gemeld, ziekgemeld, griep",
        "pt": """doente, doenca, baixa medica, baixa, de baixa, licenca medica, licenca por doenca, atestado, atestado
            medico, adoentado, adoentada, afastamento""",
        "symbols": "🤒, 🤧, 🤕, 🤢, 🤮, 😷",
    },
    Meaning.PARENTAL: {
        "en": """parental leave, maternity leave, paternity leave, maternity, paternity, mat leave, pat leave,
            parental, adoption leave, shared parental leave, family leave, baby leave""",
        "de": """elternzeit, mutterschutz, mutterschaftsurlaub, vaterschaftsurlaub, vaterschaftszeit, elternurlaub,
            babypause, karenz, vatermonat, vatermonate, beschaftigungsverbot, mutterschutzfrist""",
        "fr": """conge maternite, conge paternite, conge parental, conge de maternite, conge de paternite, maternite,
            paternite, conges maternite, conge d adoption""",
        "es": """permiso de maternidad, permiso de paternidad, maternidad, paternidad, permiso parental, baja maternal,
            baja por maternidad, baja por paternidad, baja paternal, permiso por nacimiento, lactancia, nacimiento y
            cuidado del menor, cuidado de menor, cuidado del menor""",
        "it": """maternita, paternita, congedo parentale, congedo di maternita, congedo maternita, congedo di
            paternita, congedo paternita, in maternita, allattamento""",
        "nl": """zwangerschapsverlof, bevallingsverlof, ouderschapsverlof, geboorteverlof, vaderschapsverlof,
            partnerverlof, kraamverlof, adoptieverlof, zwangerschap""",
        "pt": """licenca de maternidade, licenca maternidade, licenca de paternidade, licenca paternidade, licenca
            parental, maternidade, paternidade""",
        "symbols": "👶, 🍼",
    },
    Meaning.TRAINING: {
        "en": """training, training course, training day, training leave, study leave, study day, revision leave,
            course, exam leave, exam, educational leave, education leave, professional development, cpd, exams""",
        "de": """schulung, fortbildung, weiterbildung, bildungsurlaub, lehrgang, seminar, berufsschule, bildungszeit,
            kurs, prufungstag, studientag""",
        "fr": "formation, en formation, conge formation, stage, conge de formation, seminaire",
        "es": """formacion, curso, en formacion, de formacion, permiso de formacion, capacitacion, dia de examen""",
        "it": "formazione, corso, corso di formazione, in formazione, permesso studio",
        "nl": "opleiding, cursus, studieverlof, training volgen, bijscholing, studiedag",
        "pt": """formacao, em formacao, curso de formacao, treinamento, licenca para formacao, trabalhador
            estudante""",
        "symbols": "🎓",
    },
    Meaning.PART_TIME: {
        "en": """part time, part timer, part time day, non working day, nonworking day, non working, nwd, day off part
            time, off part time, compressed hours, regular day off, rostered day off, rdo, rest day, rostered off""",
        "de": """teilzeit, teilzeittag, teilzeitfrei, arbeitsfreier tag, elternteilzeit""",
        "fr": "temps partiel, a temps partiel, mi temps, jour non travaille, non travaille, jour non ouvre",
        "es": """tiempo parcial, jornada parcial, media jornada semanal, dia no laborable propio, a tiempo parcial,
            reduccion de jornada, jornada reducida""",
        "it": "part time, tempo parziale, giorno non lavorativo, non lavorativo",
        "nl": "parttime, parttimedag, deeltijd, papadag, mamadag, vaste vrije dag, roostervrij, roostervrije dag",
        "pt": "tempo parcial, a tempo parcial, meio periodo fixo, dia nao trabalhado",
    },
    Meaning.PUBLIC_HOLIDAY: {
        "en": """public holiday, bank holiday, may bank holiday, early may bank holiday, spring bank holiday, summer
            bank holiday, august bank holiday, easter bank holiday, national holiday, statutory holiday, federal
            holiday, regional holiday""",
        "de": "feiertag, gesetzlicher feiertag, regionaler feiertag",
        "fr": "jour ferie, jours feries",
        "es": "festivo, dia festivo, fiesta nacional, fiesta local, festivo nacional",
        "it": "festivo, festivita, giorno festivo, festa nazionale",
        "nl": "feestdag, officiele feestdag, nationale feestdag",
        "pt": "feriado, feriado nacional",
    },
    Meaning.OTHER: {
        "en": """unpaid leave, unpaid, unpaid absence, leave without pay, lwop, fmla, furlough, sabbatical, career
            break, compassionate leave, bereavement, bereavement leave, special leave, personal leave, personal day,
            emergency leave, jury duty, jury service, toil, time off in lieu, time in lieu, in lieu, lieu day, comp
            time, comp day, compensatory leave, compensatory days, compensatory off, compensation day, compensation
            days, compensation leave, comp off, flex day, flexi day, flexitime, flexi leave, moving day, house move,
            birthday leave, birthday off, birthday day off, marriage leave, wedding leave, carers leave, carer s leave,
            dependants leave, dependant leave, volunteering, volunteer day, volunteering leave, military leave,
            military service, garden leave, gardening leave, dentist, doctor, doctors appointment, doctor s
            appointment, hospital, medical appointment, hospital appointment, gp appointment, funeral, wellness day,
            wellbeing day, duvet day, religious leave, religious holiday, personal time, vto, mental health day, moving
            house, public duty, public duties, religious observance, pilgrimage, hajj, reservist, reserve duty,
            military duty, furloughed, vaccination""",
        "de": """sonderurlaub, unbezahlter urlaub, unbezahlt, uberstundenabbau, uberstunden abbau, uberstundenfrei,
            gleittag, gleitzeit, gleitzeittag, zeitausgleich, freizeitausgleich, ausgleichstag, umzug, zahnarzt, arzt,
            arzttermin, zahnarzttermin, krankengymnastik, beerdigung, trauerfall, hochzeit, pflegezeit, sabbatjahr,
            bundeswehr, zivildienst, militar, wehrubung, freistellung, freigestellt, ersatzruhetag, brauchtumstag,
            uberstundenausgleich, mehrarbeitsausgleich, stundenabbau, gleitzeitabbau, arztbesuch, ehrenamt, umzugstag,
            todesfall, behordengang""",
        "fr": """rtt, conge sans solde, sans solde, conge exceptionnel, recuperation, recup, jour de recuperation,
            evenement familial, conge special, dentiste, medecin, rendez vous medical, rdv medical, demenagement,
            deuil, conge sabbatique, sabbatique, mariage, repos compensateur, enterrement, evenements familiaux, jrtt,
            jour de solidarite""",
        "es": """permiso, asuntos propios, asuntos personales, dia de asuntos propios, excedencia, permiso retribuido,
            permiso no retribuido, dia personal, medico, dentista, mudanza, cita medica, permiso sin sueldo, defuncion,
            compensacion, dia compensatorio, huelga, deber publico, dia de cumpleanos libre, moscosos, libre
            disposicion""",
        "it": """permesso, permessi, in permesso, rol, ex festivita, aspettativa, congedo, congedo straordinario,
            medico, visita medica, dentista, recupero, riposo compensativo, trasloco, lutto, banca ore, permesso non
            retribuito, congedo matrimoniale, legge 104, l 104, donazione sangue, sciopero, visita specialistica""",
        "nl": """onbetaald verlof, bijzonder verlof, calamiteitenverlof, zorgverlof, tijd voor tijd, adv, adv dag, atv,
            atv dag, tandarts, dokter, huisarts, ziekenhuis, verhuizing, begrafenis, compensatie, compensatiedag,
            sabbatical, overwerk compensatie, rouwverlof, doktersafspraak, kort verzuim, klein verlet, tijdskrediet,
            inhaalrust, doktersbezoek""",
        "pt": """licenca sem vencimento, licenca especial, licenca, banco de horas, medico, dentista, mudanca, luto,
            consulta medica, compensacao, licenca sem remuneracao, licenca casamento, falecimento, falta, falta
            justificada, falta injustificada, greve, recesso, assistencia a familia""",
    },
    Meaning.AWAY: {
        "en": """leave, on leave, off, away, out, ooo, o o o, ooto, oof, out of office, out of the office, not in, not
            in office, not in the office, day off, days off, off work, absent, absence, unavailable, not available, not
            working, doesn t work, does not work, off duty, time off, away from office, away from the office, out from
            office, not at the office, not working today, bridge day, long weekend, not work, whereabouts away, planned
            absence, unplanned absence, leave of absence, loa, not here, no show, awol""",
        "de": """abwesend, abwesenheit, nicht da, nicht im buro, nicht im haus, ausser haus, frei, freier tag, freie
            tage, hat frei, dienstfrei, nicht verfugbar, nicht erreichbar, arbeitet nicht, weg, abwesenheitstag,
            fehlzeit, fehltag, verhindert, arbeitsfrei, bruckentag""",
        "fr": """absent, absente, absence, pas la, repos, jour de repos, conge, hors du bureau, absent du bureau,
            indisponible, ne travaille pas, jour off, jour libre, pas au bureau, absence du bureau, absente du bureau,
            pont""",
        "es": """ausente, ausencia, fuera de la oficina, fuera de oficina, libre, dia libre, dias libres, no
            disponible, no trabaja, descanso, libra, fuera, puente""",
        "it": """assente, assenza, fuori ufficio, fuori sede, libero, libera, giorno libero, riposo, non disponibile,
            non lavora, giorno di riposo, non in ufficio, fuori, ponte""",
        "nl": """afwezig, afwezigheid, vrij, verlof, vrije dag, niet aanwezig, niet op kantoor, niet beschikbaar,
            snipperdag, dag vrij, werkt niet, met verlof, brugdag, *verlof, vrije""",
        "pt": """ausente, ausencia, fora do escritorio, folga, de folga, dia de folga, indisponivel, nao disponivel,
            nao trabalha, fora, ponte""",
    },
    Meaning.HALF: {
        "en": "half day, half days, 1 2 day, 1 2 days, half, 1 2, 0 5 day, 0 5 days, 0 5 d, 1 2 d, half a day, hd",
        "de": """halber tag, halben tag, halbtags, halbtag, halbtagig, 1 2 tag, 1 2 tage, 0 5 tage, 0 5 tag, halbe
            tage, halber, halbtagesurlaub, halber urlaubstag""",
        "fr": "demi journee, demi journees, 1 2 journee, 1 2 jour, 0 5 jour, 0 5 jours, demi jour, demi jours",
        "es": "medio dia, media jornada, 1 2 dia, 0 5 dias, 0 5 dia, 1 2 jornada",
        "it": "mezza giornata, mezzo giorno, 1 2 giornata, 1 2 giorno, 0 5 giorni, 0 5 giorno",
        "nl": "halve dag, 1 2 dag, 0 5 dag, 0 5 dagen, halve dagen",
        "pt": "meio dia, meia jornada, meio periodo, 1 2 dia, 0 5 dias, meio expediente",
    },
    Meaning.MORNING: {
        "en": """am, a m, first half, 1st half, morning, mornings, in the morning, morning only, am only, forenoon,
            before noon""",
        "de": "vormittag, vormittags, am vormittag, morgens, vorm, vm",
        "fr": "matin, matinee, le matin, au matin",
        "es": "manana, por la manana, mananas",
        "it": "mattina, mattino, di mattina, mattinata, al mattino",
        "nl": "ochtend, s ochtends, voormiddag, in de ochtend",
        "pt": "manha, de manha, pela manha, da manha",
    },
    Meaning.AFTERNOON: {
        "en": """pm, p m, second half, 2nd half, afternoon, afternoons, in the afternoon, afternoon only, pm only,
            after lunch, after noon""",
        "de": "nachmittag, nachmittags, am nachmittag, nachm, nm",
        "fr": "apres midi, l apres midi, aprem",
        "es": "tarde, por la tarde, tardes",
        "it": "pomeriggio, di pomeriggio, nel pomeriggio",
        "nl": "middag, s middags, namiddag, in de middag",
        "pt": "tarde, de tarde, a tarde, a tarde toda",
    },
    Meaning.FIRST_DAY: {
        "en": "first day, start day, on first day",
        "de": "erster tag, ersten tag, am ersten tag",
        "fr": "premier jour",
        "es": "primer dia",
        "it": "primo giorno",
        "nl": "eerste dag",
        "pt": "primeiro dia",
    },
    Meaning.LAST_DAY: {
        "en": "last day, final day, end day, on last day",
        "de": "letzter tag, letzten tag, am letzten tag",
        "fr": "dernier jour",
        "es": "ultimo dia",
        "it": "ultimo giorno",
        "nl": "laatste dag",
        "pt": "ultimo dia",
    },
}

WORDS = LEAVE_WORDS | OTHER_WORDS
"""Phrases, separated by commas, by meaning and language. A phrase that two meanings share has the first of them."""

__all__ = ["KINDS", "LEAVE_WORDS", "WORDS", "Meaning"]
