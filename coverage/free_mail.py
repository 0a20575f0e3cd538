"""Domains that are a mail provider's: anybody writes from there, so none of them says which client it is."""

FREE_MAIL = frozenset(
    """
    aim.com aol.com aol.de aol.fr arcor.de att.net bellsouth.net bigpond.com bk.ru bluewin.ch bluewin.com bol.com.br
    btinternet.com btopenworld.com charter.net chello.nl comcast.net cox.net earthlink.net eircom.net email.com
    email.de fastmail.com fastmail.fm foxmail.com free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com
    gmx.de gmx.fr gmx.net googlemail.com hetnet.nl hey.com home.nl hotmail.be hotmail.ca hotmail.co.uk hotmail.com
    hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com icloud.com inbox.com inbox.ru inode.at
    juno.com kpnmail.nl laposte.net libero.it list.ru live.be live.ca live.co.uk live.com live.de live.fr live.it
    live.nl mac.com mail.com mail.de mail.ru mailbox.org me.com msn.com naver.com neuf.fr ntlworld.com online.de
    optonline.net orange.fr outlook.at outlook.be outlook.com outlook.de outlook.dk outlook.es outlook.fr outlook.ie
    outlook.it planet.nl pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com rediffmail.com rocketmail.com
    sapo.pt sbcglobal.net sfr.fr sky.com skynet.be swissonline.ch t-online.de talktalk.net telenet.be terra.com.br
    tin.it tiscali.it tutanota.com tuta.io uol.com.br verizon.net virgilio.it virgin.net virginmedia.com vodafone.de
    wanadoo.es wanadoo.fr web.de xs4all.nl xtra.co.nz yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com
    yahoo.com.au yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.ie yahoo.in yahoo.it yandex.com yandex.ru ymail.com
    ziggo.nl zoho.com 126.com 163.com
    """.split()
)


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address there; ``domain`` in any capitals."""
    return domain.casefold() in FREE_MAIL
