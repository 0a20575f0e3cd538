"""Words by which a calendar says something else than leave: working elsewhere, occasions, cover, and mere filling.

The second half of the table in words.py, which says how to add to it.
"""

from coverage.leave.meanings import Meaning

OTHER_WORDS: dict[Meaning, dict[str, str]] = {
    Meaning.WORKING: {
        "en": """wfh, w f h, ho, work from home, works from home, works from, working from home, home office,
            homeoffice, working from, work from anywhere, wfa, remote, remotely, remote work, remote working, working
            remotely, work remotely, working, telework, teleworking, telecommuting, working elsewhere, working
            location, at home, home, office, in the office, in office, at the office, on site, onsite, in person, hot
            desk, business trip, business travel, work trip, work travel, travelling, traveling, travel, client,
            customer, client site, client visit, customer visit, site visit, at client, conference, trade fair, hybrid,
            coworking, co working, out of hours, on call, oncall, standby, on duty, available, hotdesk, secondment,
            training clients, training customers, training delivery, deliver training, delivers training, delivering
            training, give training, gives training, giving training, gives a training, run training, runs training,
            running training""",
        "de": """mobiles arbeiten, mobile arbeit, mobilarbeit, telearbeit, arbeitet von zu hause, arbeiten von zu
            hause, von zuhause, von zu hause, zuhause, heimarbeit, im homeoffice, im home office, buro, im buro,
            dienstreise, geschaftsreise, kunde, kunden, kundentermin, beim kunden, messe, bereitschaft,
            rufbereitschaft, vor ort, remote arbeiten, dienstgang, konferenz, arbeitet, kundenschulung, halt schulung,
            gibt schulung, aussendienst, vor ort termin""",
        "fr": """tt, teletravail, en teletravail, tele travail, travail a domicile, travail a distance, a distance,
            bureau, au bureau, deplacement, en deplacement, deplacement professionnel, voyage d affaires, client,
            cliente, chez le client, rendez vous client, salon, astreinte, distanciel, presentiel, travaille""",
        "es": """teletrabajo, en teletrabajo, teletrabajando, trabajo en casa, desde casa, trabajo desde casa, trabajo
            remoto, en remoto, remoto, oficina, en la oficina, viaje de trabajo, viaje de negocios, de viaje, cliente,
            visita cliente, visita a cliente, guardia, congreso, trabaja""",
        "it": """telelavoro, smart working, smartworking, lavoro agile, lavoro da casa, da casa, da remoto, ufficio, in
            ufficio, trasferta, in trasferta, viaggio di lavoro, cliente, dal cliente, visita cliente, reperibilita,
            fiera, lavora, in missione, missione""",
        "nl": """thuiswerken, thuiswerk, werkt thuis, werken thuis, thuis, thuiswerkdag, kantoor, op kantoor,
            zakenreis, dienstreis, klant, bij klant, klantbezoek, op afstand, beurs, op locatie, werkt, congres""",
        "pt": """teletrabalho, em teletrabalho, trabalho remoto, trabalho a partir de casa, em casa, de casa, remoto,
            trabalho em casa, escritorio, no escritorio, viagem de trabalho, viagem de negocios, em viagem, visita a
            cliente, no cliente, conferencia, trabalha""",
        "symbols": "🏠, 🏡, 💻, 🏢",
    },
    Meaning.OCCASION: {
        "en": """birthday, bday, birthdays, anniversary, work anniversary, probation, probation end, probation period
            end, probation period, end of probation, onboarding, offboarding, start date, contract end, end of
            contract, joins, starts, leaving, leaver, leavers, retirement, meeting, meetings, call, sync, catch up,
            catchup, standup, stand up, 1 1, one to one, 1to1, review, policy, planning, project, interview,
            interviews, party, lunch, dinner, breakfast, drinks, coffee, celebration, social, workshop, webinar,
            presentation, demo, retro, retrospective, sprint, deadline, due, submit, reminder, remind, request form,
            requests, calendar, balance, allowance, entitlement, carry over, carryover, book, booking, approve,
            approval of, approvals, focus time, focus, lunch break, coffee break, do not book, deep work, kick off,
            kickoff, sign off, drop off, cut off, send off, bake off, leave for, holiday party, christmas party, school
            holidays, school holiday, half term, term time, school run, pick up, delivery, gym, maintenance, release,
            go live, handover, hand over, town hall, all hands, appraisal, performance review, quiz, raffle, gift,
            gifts, card, discount, home visit, pay, payroll, quote, discussion, prep, preparation, briefing,
            announcement, newsletter, mother s day, father s day, inspection, audit, audits, accounts, vat, rota,
            planner, discuss, discusses, letting, lettings, off the shelf, set up, report, reports, process, procedure,
            template, templates, form, forms, invoice, invoices, accrual, holiday inn, holiday home, holiday homes,
            holiday let, holiday lets, holiday rental, holiday rentals, holiday cottage, vacation rental, vacation
            rentals, vacation home, ooo reply, ooo message, set ooo, out of office reply, auto reply, out of scope, out
            of date, out of stock, out of pocket, check out, roll out, hand out, sell out, time out, way out, night
            out, off peak, exam results, fall out, one off, write off, write offs, pay off, lay off, trade off, take
            off, spin off, off payroll, off the record, log off, hand off, give away, take away, leave no""",
        "de": """geburtstag, geburtstage, *feier, *besprechung, *planung, jubilaum, dienstjubilaum, betriebsjubilaum,
            probezeit, probezeitende, ende probezeit, ende der probezeit, eintritt, austritt, vertragsende,
            besprechung, termin, meeting, sitzung, gesprach, personalgesprach, mitarbeitergesprach,
            vorstellungsgesprach, feier, weihnachtsfeier, sommerfest, betriebsfeier, urlaubsplanung, urlaubsantrag
            stellen, planung, projekt, frist, abgabe, erinnerung, mittagessen, mittagspause, essen, fruhstuck,
            schulferien, fokuszeit, jour fixe, einarbeitung, ubergabe, einreichen, abgeben, urlaubsliste,
            urlaubskalender, urlaubssperre, wartung, ferienhaus, ferienwohnung, krankenkasse, krankenkassen,
            krankenversicherung, krankenpflege, krankengeld, urlaubsgeld, *abrechnung, *ruckstellung, *ruckstellungen,
            *anspruch, *ubersicht, *regelung, *prufung""",
        "fr": """anniversaire, reunion, entretien, point, fete, pot, pot de depart, dejeuner, diner, projet, rappel,
            date limite, fin de periode d essai, periode d essai, arrivee, depart, planning, vacances scolaires,
            politique, seminaire d equipe, concentration, apero, bilan, provision, provisions, cloture, declaration""",
        "es": """cumpleanos, aniversario, reunion, entrevista, fiesta, comida, cena, almuerzo, proyecto, recordatorio,
            fecha limite, fin de periodo de prueba, periodo de prueba, planificacion, politica, vacaciones escolares,
            incorporacion, fin de contrato, llamada, cierre fiscal, cierre contable, cierre mensual, baja autonomo,
            baja autonomos, baja de empresa, baja voluntaria, permiso de obra""",
        "it": """compleanno, anniversario, riunione, colloquio, festa, pranzo, cena, progetto, promemoria, scadenza,
            fine periodo di prova, periodo di prova, pianificazione, piano ferie, politica, vacanze scolastiche, fine
            contratto, incontro, chiamata, bilancio, chiusura bilancio, chiusura contabile, conteggio, maturate""",
        "nl": """verjaardag, jubileum, vergadering, overleg, gesprek, sollicitatiegesprek, feest, borrel, lunch,
            etentje, project, herinnering, deadline, einde proeftijd, proeftijd, planning, vakantieplanning,
            schoolvakantie, beleid, bespreking, focustijd, kerstborrel""",
        "pt": """aniversario, reuniao, entrevista, festa, almoco, jantar, projeto, projecto, lembrete, prazo, fim do
            periodo experimental, periodo experimental, planeamento, planejamento, politica, ferias escolares, fim de
            contrato, chamada, mapa de ferias, subsidio, processamento""",
        "symbols": "🎂, 🎉",
    },
    Meaning.COVER: {
        "en": """cover, covers, covering, cover for, covered by, coverage, stands in, standing in, stand in, deputy,
            deputising, backup, back up, filling in, fills in, on behalf of, instead of, holiday cover, contact,
            replaced by, acting for, substitute, replacement""",
        "de": """vertretung, vertritt, vertreten durch, vertreter, vertreterin, urlaubsvertretung,
            krankheitsvertretung, in vertretung, springt ein, ansprechpartner, ansprechpartnerin, stellvertretung,
            vertr, vtr, i v, *vertretung""",
        "fr": """remplace, remplacement, remplacant, remplacante, remplacee par, remplace par, suppleance, interim, en
            remplacement de""",
        "es": """sustituye, sustitucion, sustituto, sustituta, sustituido por, cubre, cobertura, suplencia, reemplaza,
            reemplazo, suplente""",
        "it": """sostituisce, sostituzione, sostituto, sostituta, sostituito da, copertura, copre, supplenza, supplente
            sostituisce, supplente""",
        "nl": "vervangt, vervanging, vervanger, vervangen door, waarneming, waarnemer, neemt waar, achtervang",
        "pt": "substitui, substituicao, substituto, substituta, substituido por, cobre, cobertura, suplente",
    },
    Meaning.BACK: {
        "en": """back, back from, back on, back in, returns, returns from, return from, returning, return to work, back
            to work, returned, first day back, return date, day before, before leave, last day before""",
        "de": "zuruck, zuruck aus, wieder da, wieder im buro, ruckkehr, kommt zuruck, erster arbeitstag",
        "fr": "retour, de retour, retour de, rentre, reprise, reprend",
        "es": "vuelta, vuelve, regreso, regresa, de vuelta, reincorporacion, se reincorpora",
        "it": "rientro, rientra, ritorno, torna, di ritorno, rientrato",
        "nl": "terug, terug van, weer terug, komt terug, terugkeer",
        "pt": "volta, volta de, regresso, regressa, de volta, retorno, retorna",
    },
    Meaning.NEGATED: {
        "en": """not on leave, not on holiday, not on vacation, not on annual leave, not sick, not off, not away, not
            out, no leave, no holiday, no longer on leave, no longer away, no longer off, no longer sick, isn t off,
            isn t away, isn t on leave, not ooo, no pto, not taking, not on pto, no longer, not absent, no vacation,
            not anymore""",
        "de": """kein urlaub, keinen urlaub, nicht im urlaub, nicht krank, nicht abwesend, doch da, doch kein urlaub,
            nicht mehr krank, nicht mehr im urlaub, nicht frei, keine abwesenheit""",
        "fr": """pas en conge, pas en conges, pas de conge, pas de conges, pas en vacances, pas absent, pas absente,
            pas malade, plus en conge, plus malade""",
        "es": """no esta de vacaciones, no vacaciones, sin vacaciones, no de vacaciones, no de baja, no enfermo, no
            enferma, no ausente, ya no""",
        "it": "non in ferie, niente ferie, no ferie, non e in ferie, non malato, non malata, non assente, non piu",
        "nl": """geen verlof, geen vakantie, niet ziek, niet vrij, niet met vakantie, niet op vakantie, niet afwezig,
            niet meer""",
        "pt": "sem ferias, nao esta de ferias, nao de ferias, nao doente, nao ausente, nao ferias, ja nao",
    },
    Meaning.CANCELLED: {
        "en": """cancelled, canceled, cancellation, called off, withdrawn, deleted, void, rejected, declined, refused,
            denied, cancel*""",
        "de": """abgesagt, storniert, storno, entfallt, fallt aus, annulliert, zuruckgezogen, abgelehnt, gestrichen,
            absage, stornier*, abgelehnt*, annullier*""",
        "fr": "annule, annulation, refuse, supprime, annul*, refuse*, supprim*",
        "es": "cancelado, anulado, rechazado, denegado, cancelad*, anulad*, rechazad*, denegad*",
        "it": "annullato, cancellato, rifiutato, respinto, annullat*, cancellat*, rifiutat*, respint*",
        "nl": "geannuleerd, afgezegd, vervallen, afgewezen, ingetrokken, geweigerd, geannuleerd*",
        "pt": "cancelado, anulado, rejeitado, recusado, cancelad*, anulad*, rejeitad*, recusad*",
        "symbols": "❌",
    },
    Meaning.POSTPONED: {
        "en": "postponed, rescheduled, put off",
        "de": "verschoben, verlegt, umgelegt",
        "fr": "reporte, reportee, reportes, reportees, decale, decalee, decales, decalees",
        "es": "aplazado, pospuesto, aplazad*, pospuest*",
        "it": "rinviato, spostato, rinviat*, spostat*",
        "nl": "uitgesteld, verplaatst, verschoven",
        "pt": "adiado, adiad*, remarcad*",
    },
    Meaning.REQUESTED: {
        "en": """requested, request, pending, pending approval, awaiting approval, unapproved, not approved, not yet
            approved, tentative, provisional, provisionally, tbc, tbd, to be confirmed, proposed, maybe, may be, might
            be, possible, possibly, would like, hoping, planned request, wants, unconfirmed, not confirmed, draft,
            hold, placeholder, submitted, applied for, requesting, leave request, holiday request, vacation request""",
        "de": """beantragt, angefragt, antrag, urlaubsantrag, *antrag, offen, ausstehend, vorlaufig, unter vorbehalt,
            geplant, vorgemerkt, nicht genehmigt, noch nicht genehmigt, in bearbeitung, evtl, eventuell, vielleicht,
            wunsch, urlaubswunsch, unbestatigt, zur genehmigung, ungenehmigt""",
        "fr": """demande, demandee, demandes, demandees, demande de conges, demande de conge, en attente, en attente de
            validation, provisoire, a confirmer, a valider, non valide, peut etre, souhaite, previsionnel""",
        "es": """solicitado, solicitad*, solicitud, pendiente, pendient*, pendiente de aprobacion, provisional, por
            confirmar, a confirmar, sin confirmar, sin aprobar, tal vez, quizas, solicitud de vacaciones""",
        "it": """richiesto, richiesta, richieste, in attesa, in attesa di approvazione, provvisorio, provvisoria, da
            confermare, da approvare, forse, non approvato, richiesta ferie""",
        "nl": """aangevraagd, aanvraag, verlofaanvraag, *aanvraag, in behandeling, voorlopig, onder voorbehoud, nog
            niet goedgekeurd, niet goedgekeurd, misschien, in afwachting, optie, te bevestigen""",
        "pt": """solicitado, solicitad*, pedido, pedid*, pedido de ferias, pendente, provisorio, a confirmar, por
            confirmar, por aprovar, aguarda aprovacao, talvez, nao aprovado""",
        "symbols": "❓, ❔",
    },
    Meaning.CLOSED: {
        "en": """company holiday, company holidays, company closed, company shutdown, company closure, office closed,
            office closure, office shut, closed, closure, shutdown, shut down, firm closed, offsite, off site, team
            offsite, away day, team day, team building, christmas closure, christmas shutdown, retreat, company day,
            company retreat, summer closure, collective leave""",
        "de": """betriebsferien, betriebsurlaub, betriebsruhe, betriebsausflug, buro geschlossen, geschlossen,
            betriebsversammlung, teamtag, kollektivurlaub, zwangsurlaub""",
        "fr": "fermeture, fermeture annuelle, bureau ferme, bureaux fermes, ferme, journee d equipe",
        "es": "cierre, oficina cerrada, cerrado, cerrada, cierre de empresa",
        "it": "chiusura, chiusura aziendale, ufficio chiuso, chiuso, chiusura estiva",
        "nl": """collectieve sluiting, kantoor gesloten, kantoor dicht, gesloten, teamuitje, bedrijfsuitje, collectief
            verlof, teamdag""",
        "pt": "encerramento, escritorio fechado, fechado, encerrado, ferias coletivas, ferias colectivas",
    },
    Meaning.EVERYBODY: {
        "en": """team, whole team, entire team, all staff, everyone, everybody, all, staff, company, company wide,
            firm, department""",
        "de": "alle, team, ganzes team, firma",
        "fr": "tous, toute l equipe, equipe, entreprise",
        "es": "todos, todo el equipo, equipo, empresa",
        "it": "tutti, tutto il team, squadra, azienda",
        "nl": "iedereen, hele team, bedrijf",
        "pt": "todos, toda a equipa, equipa, equipe, empresa",
    },
    Meaning.COMPANY: {
        "en": "ltd, limited, plc, llp, inc, llc, corp",
        "de": "gmbh, ohg, kg, ug",
        "fr": "sarl, eurl, sas, sasu",
        "es": "s l u, slu",
        "it": "srl, s r l, spa, snc",
        "nl": "bv, b v, nv, vof",
        "pt": "lda, ltda",
    },
    Meaning.AND: {
        "en": "and",
        "de": "und, u",
        "fr": "et",
        "es": "y",
        "it": "e, ed",
        "nl": "en",
        "pt": "e",
    },
    Meaning.FILLER: {
        "en": """is, on, the, a, an, of, for, in, at, to, from, by, with, day, days, d, hour, hours, hrs, h, week,
            weeks, s, fyi, confirmed, approved, booked, taken, full day, all day, only, today, leave type, type,
            status, name, employee, out of office message, automatic reply, moved, extended, updated, new, until, till,
            through, incl, inclusive, total, please note, note, monday, tuesday, wednesday, thursday, friday, saturday,
            sunday, mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun, mondays, tuesdays, wednesdays, thursdays,
            fridays, january, february, march, april, may, june, july, august, september, october, november, december,
            jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, his, her, their, my, own, leaving early, will
            be, be, has, family, ski, skiing, camping, mr, mrs, ms, dr, miss, easter, christmas, xmas, summer, winter,
            spring, autumn""",
        "de": """ist, hat, im, am, an, der, die, das, den, von, vom, zum, zur, bis, ab, tag, tage, tagen, std, stunden,
            woche, wochen, genehmigt, bestatigt, ganztagig, ganztags, ganzer tag, ganztag, nur, herr, frau, montag,
            dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, mo, di, mi, do, fr, sa, so, januar, februar,
            marz, mai, juni, juli, oktober, dezember, mitarbeiter, mitarbeiterin, fur, uhr, genommen, wegen, ostern,
            weihnachten, mit, bei, auf, eingetragen, montags, dienstags, mittwochs, donnerstags, freitags""",
        "fr": """le, la, les, de, du, des, d, l, au, aux, jour, jours, heures, semaine, semaines, valide, validee,
            approuve, approuvee, journee, journee entiere, en, pour, a, m, mme, lundi, mardi, mercredi, jeudi,
            vendredi, samedi, dimanche, un, une, est, jusqu, par, salarie, collaborateur, ete, noel""",
        "es": """de, del, el, los, las, un, una, dia, dias, horas, semana, semanas, aprobado, aprobada, confirmado,
            confirmada, dia completo, por, para, con, desde, hasta, esta, lunes, martes, miercoles, jueves, viernes,
            sabado, domingo, empleado, empleada, sr, sra, verano, navidad, semana santa""",
        "it": """di, del, della, dei, il, lo, la, i, gli, un, una, giorno, giorni, ore, settimana, settimane,
            approvato, approvata, confermato, confermata, giornata intera, per, da, dal, dalle, al, alle, lunedi,
            martedi, mercoledi, giovedi, venerdi, sabato, domenica, in, dipendente, estive, natale""",
        "nl": """de, het, een, van, voor, dag, dagen, uur, uren, week, weken, goedgekeurd, bevestigd, hele dag, met,
            tot, vanaf, maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, is, op, medewerker, zomer,
            kerst""",
        "pt": """o, os, as, do, da, dos, das, um, uma, dia, dias, hora, horas, semana, semanas, aprovado, aprovada,
            confirmado, confirmada, dia inteiro, para, por, com, ate, segunda, terca, quarta, quinta, sexta, no, na,
            esta, colaborador, colaboradora, verao, natal""",
    },
}
