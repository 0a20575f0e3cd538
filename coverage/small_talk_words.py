"""The phrases of small talk, in one table for all languages.

To teach Podline one, add it to the line of its kind and language. Case, accents and punctuation do not matter.
Only what can mean nothing else belongs here: "yes", "no" and "done" answer questions, so they are none.
"""

from enum import StrEnum


class Talk(StrEnum):
    """What somebody says without asking or telling anything."""

    THANKS = "thanks"
    GREETING = "greeting"
    AGREEMENT = "agreement"


WORDS: dict[Talk, dict[str, str]] = {
    Talk.THANKS: {
        "en": """thanks, thank you, thank u, thankyou, thx, thnx, tks, ta, cheers, ty, tysm, many thanks, thanks a lot,
            thanks a million, thanks a bunch, thank you so much, thank you very much, much appreciated,
            really appreciated, appreciated, appreciate it, we appreciate it, i appreciate it, much obliged,
            that was quick, that is very helpful, that s very helpful, very helpful, that helps, this helps,
            that helped, you re the best, you are the best, you rock, lifesaver, you re a star, you are a star""",
        "de": """danke, dank, danke schon, dankeschon, danke dir, danke ihnen, danke euch, vielen dank,
            vielen lieben dank, herzlichen dank, besten dank, lieben dank, merci vielmals, tausend dank,
            dank dir, dank ihnen, das hilft, sehr hilfreich""",
        "fr": """merci, merci beaucoup, merci bien, mille mercis, grand merci, un grand merci, merci infiniment,
            je vous remercie, je te remercie, tres utile""",
        "es": "gracias, muchas gracias, mil gracias, muchisimas gracias, te lo agradezco, se lo agradezco",
        "it": """grazie, grazie mille, molte grazie, tante grazie, mille grazie, grazie infinite, ti ringrazio,
            la ringrazio""",
        "nl": """bedankt, dank je, dank u, dankjewel, dankuwel, dank je wel, dank u wel, hartelijk dank,
            hartelijk bedankt, heel erg bedankt, heel veel dank, veel dank, bedankt hoor""",
        "pt": """obrigado, obrigada, muito obrigado, muito obrigada, obrigadissimo, obrigadissima, agradecido,
            agradecida, valeu""",
    },
    Talk.GREETING: {
        "en": """hi, hello, hey, hiya, howdy, hi there, hello there, hey there, good morning, good afternoon,
            good evening, good day, good night, bye, goodbye, bye bye, see you, see you soon, see you then, see ya,
            take care, have a good one, have a nice day, have a good day, have a great day, have a lovely day,
            have a nice weekend, have a good weekend, have a great weekend, have a lovely weekend, happy friday,
            have a nice evening, have a good evening, happy new year, merry christmas, happy holidays, happy easter,
            happy birthday, congratulations, congrats, welcome, best, best regards, kind regards, regards,
            best wishes, all the best, enjoy your weekend, enjoy the weekend, you too, same to you, and to you,
            talk soon, talk to you soon, speak soon""",
        "de": """hallo, hi, hey, moin, moin moin, servus, gruezi, gruss gott, guten morgen, guten tag, guten abend,
            gute nacht, tschuss, tschuess, ciao, bis dann, bis bald, bis morgen, bis spater, auf wiedersehen,
            schonen tag, schonen tag noch, einen schonen tag, einen schonen tag noch, schonen abend,
            schonen abend noch, schones wochenende, ein schones wochenende, schonen feierabend, viele grusse,
            liebe grusse, beste grusse, mit freundlichen grussen, freundliche grusse, lg, vg, mfg, gruss, grusse,
            frohe weihnachten, frohes neues, frohes neues jahr, ebenso, gleichfalls, alles gute, gluckwunsch,
            herzlichen gluckwunsch""",
        "fr": """bonjour, salut, coucou, bonsoir, bonne nuit, au revoir, a bientot, a demain, a plus, bonne journee,
            bonne soiree, bon week end, bon weekend, bonne fin de journee, bonne annee, joyeux noel, cordialement,
            bien cordialement, bien a vous, de meme, felicitations""",
        "es": """hola, buenas, buenos dias, buenas tardes, buenas noches, adios, hasta luego, hasta pronto,
            hasta manana, buen dia, buen fin de semana, feliz ano, feliz ano nuevo, feliz navidad, saludos,
            un saludo, un abrazo, igualmente, felicidades""",
        "it": """ciao, buongiorno, buonasera, buona sera, buon giorno, buonanotte, salve, arrivederci, a presto,
            a domani, buona giornata, buona serata, buon fine settimana, buon weekend, buon anno, buon natale,
            saluti, cordiali saluti, un saluto, altrettanto, complimenti""",
        "nl": """hallo, hoi, hey, dag, goedemorgen, goedemiddag, goedenavond, goede morgen, goede middag, doei,
            tot ziens, tot morgen, tot straks, fijne dag, fijne dag nog, een fijne dag, fijne avond, fijn weekend,
            prettig weekend, groet, groeten, groetjes, met vriendelijke groet, vriendelijke groeten,
            gelukkig nieuwjaar, fijne feestdagen, insgelijks, gefeliciteerd""",
        "pt": """ola, oi, bom dia, boa tarde, boa noite, tchau, adeus, ate logo, ate ja, ate amanha, ate breve,
            bom fim de semana, bom fds, feliz ano novo, feliz natal, cumprimentos, abraco, abracos, igualmente,
            parabens""",
    },
    Talk.AGREEMENT: {
        "en": """ok, okay, k, kk, okey, okey dokey, alright, all right, great, great stuff, perfect, super, cool,
            excellent, brilliant, awesome, fantastic, wonderful, amazing, lovely, nice, nice one, fab, superb,
            good, very good, fine, got it, gotcha, understood, noted, well noted, roger, copy that, makes sense,
            that makes sense, sounds good, sounds great, sounds perfect, sounds like a plan, works for me,
            that works, that works for me, fair enough, will do, all good, all clear, all fine, that s fine,
            that is fine, that s great, that is great, that s perfect, that is perfect, that s good, that is good,
            that s all, that is all, that s it, no worries, no problem, no prob, np, not a problem, my pleasure,
            you re welcome, you are welcome, your welcome, yw, don t mention it, good to know,
            good to hear, glad to hear it, glad to hear that, great to hear, great news, good news, great work,
            good job, great job, well done, i see, oh i see, wow, yay, haha, hahaha, lol, phew, ah, oh, oh ok,
            ah ok, ah okay, oh okay, whoop, woohoo, legend""",
        "de": """ok, okay, alles klar, klar, alles gut, passt, passt so, passt gut, passt perfekt, super, prima,
            perfekt, toll, klasse, spitze, wunderbar, sehr gut, gut, sehr schon, verstanden, verstehe,
            in ordnung, geht klar, wird gemacht, mache ich, machen wir, gern, gerne, gern geschehen,
            gerne geschehen, kein problem, keine ursache, bitte schon, bitteschon, bitte sehr, nichts zu danken,
            freut mich, ach so, achso, top, hervorragend, ausgezeichnet, einverstanden""",
        "fr": """ok, d accord, dac, parfait, super, genial, excellent, tres bien, c est parfait, c est bon,
            ca marche, ca me va, entendu, bien recu, compris, c est compris, c est note, bien note, note, pas de souci,
            pas de soucis, pas de probleme, aucun probleme, de rien, je vous en prie, je t en prie, avec plaisir,
            top, nickel""",
        "es": """ok, vale, de acuerdo, perfecto, genial, estupendo, excelente, muy bien, entendido, recibido,
            claro, de nada, no hay problema, sin problema, con gusto, buenisimo, fenomenal""",
        "it": """ok, va bene, va benissimo, d accordo, perfetto, ottimo, benissimo, molto bene, bene, capito, ricevuto,
            chiaro, prego, di niente, di nulla, nessun problema, figurati, si figuri, con piacere, fantastico""",
        "nl": """ok, oke, okee, prima, top, perfect, super, mooi, goed, heel goed, helemaal goed, is goed,
            begrepen, duidelijk, akkoord, geen probleem, geen dank, graag gedaan, fijn, geweldig, komt goed,
            klinkt goed""",
        "pt": """ok, esta bem, ta bom, tudo bem, perfeito, otimo, excelente, muito bem, entendido, recebido,
            combinado, de acordo, certo, de nada, por nada, sem problema, sem problemas, nao ha problema, fixe,
            beleza, maravilha""",
    },
}

AROUND: dict[str, str] = {
    "en": """so, so much, very much, very, a lot, again, all, everyone, everybody, team, folks, guys, there, then,
        and, really, just, for now, for that, for this, for it, for everything, for all, for all of this,
        for all your help, for your help, for the help, for helping, for helping out, for your time, for the update,
        for your update, for the info, for the information, for the quick reply, for the quick response,
        for the quick answer, for the reply, for your reply, for the response, for the answer, for your answer,
        for the fast reply, for letting me know, for letting us know, for getting back to me, for getting back to us,
        for looking into it, for looking into this, for sorting this, for sorting it, for sorting that out,
        for clarifying, for confirming, for explaining, for sending, for sharing, for checking, for coming back to me,
        to you, to you all, to all, indeed, too, as always, as ever, in advance, from us, from me, yes thanks""",
    "de": """sehr, schon, nochmal, nochmals, noch, alle, an alle, allen, zusammen, team, ihr lieben, liebes team, euch,
        dir, ihnen, und, fur alles, dafur, fur die hilfe, fur ihre hilfe, fur deine hilfe, fur eure hilfe,
        fur die schnelle antwort, fur die antwort, fur die info, fur die infos, fur die information,
        fur die ruckmeldung, fur die schnelle ruckmeldung, fur die schnelle hilfe, fur die auskunft,
        fur das update, fur die muhe, fur ihre muhe, im voraus, vorab, dann, wie immer""",
    "fr": """a tous, a toutes, tous, toutes, l equipe, a vous, a toi, et, encore, pour tout, pour votre aide,
        pour ton aide, pour l aide, pour la reponse, pour votre reponse, pour ta reponse, pour l info,
        pour l information, pour votre retour, pour ton retour, pour le retour, pour ce retour,
        pour la reponse rapide, d avance, par avance, beaucoup, vraiment""",
    "es": """a todos, a todas, todos, equipo, y, por todo, por tu ayuda, por su ayuda, por la ayuda, por la respuesta,
        por tu respuesta, por su respuesta, por la informacion, por la info, de nuevo, otra vez, de antemano""",
    "it": """a tutti, tutti, a te, a voi, e, per tutto, di tutto, di cuore, per l aiuto, per il tuo aiuto,
        per il vostro aiuto, per la risposta, per le informazioni, per l informazione, ancora, in anticipo""",
    "nl": """allemaal, iedereen, team, en, voor alles, voor je hulp, voor jullie hulp, voor uw hulp, voor de hulp,
        voor het antwoord, voor je antwoord, voor de snelle reactie, voor de reactie, voor de info,
        voor de informatie, nogmaals, alvast, hoor, ook""",
    "pt": """a todos, todos, pessoal, equipa, equipe, e, por tudo, pela ajuda, pela sua ajuda, pela resposta,
        pela sua resposta, pela informacao, mesmo, novamente, mais uma vez, desde ja""",
}
"""What may stand around small talk and is none by itself."""
