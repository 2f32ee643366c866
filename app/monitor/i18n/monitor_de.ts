<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutPanel</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>Gezeichnet</translation>
    </message>
    <message>
        <source>Settings are kept in</source>
        <translation>Einstellungen liegen in</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>GPL-3.0-or-later; icons: Lucide (ISC)</source>
        <translation>GPL-3.0-or-later; Symbole: Lucide (ISC)</translation>
    </message>
</context>
<context>
    <name>ActiveFaultRow</name>
    <message>
        <source>%1: %2, heals in %3</source>
        <translation>%1: %2, heilt in %3</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Heal now</source>
        <translation>Jetzt heilen</translation>
    </message>
</context>
<context>
    <name>ActiveFaults</name>
    <message>
        <source>each heals by itself</source>
        <translation>jeder heilt von selbst</translation>
    </message>
    <message>
        <source>Active faults</source>
        <translation>Aktive Fehler</translation>
    </message>
    <message>
        <source>None. Every node does what it should.</source>
        <translation>Keine. Jeder Knoten tut, was er soll.</translation>
    </message>
</context>
<context>
    <name>BarButton</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>BehaviourPanel</name>
    <message>
        <source>Behaviour</source>
        <translation>Verhalten</translation>
    </message>
    <message>
        <source>Refresh by itself</source>
        <translation>Von selbst aktualisieren</translation>
    </message>
    <message>
        <source>Off: what you see stands still until you press F5.</source>
        <translation>Aus: Was zu sehen ist, steht still, bis F5 gedrückt wird.</translation>
    </message>
    <message>
        <source>Connect to the last cluster at the start</source>
        <translation>Beim Start mit dem letzten Cluster verbinden</translation>
    </message>
    <message>
        <source>Notify when a leader or the quorum is lost</source>
        <translation>Melden, wenn Leader oder Quorum verloren gehen</translation>
    </message>
    <message>
        <source>Only while the window is not in front.</source>
        <translation>Nur solange das Fenster nicht vorn ist.</translation>
    </message>
    <message>
        <source>Closing with an embedded cluster</source>
        <translation>Schließen, während ein eingebetteter Cluster läuft</translation>
    </message>
    <message>
        <source>This desktop shows no tray, so nothing can go on behind it.</source>
        <translation>Dieser Desktop hat keinen Infobereich, hinter dem etwas weiterlaufen könnte.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
</context>
<context>
    <name>BufferPanel</name>
    <message>
        <source>Delivery buffer</source>
        <translation>Auslieferungspuffer</translation>
    </message>
    <message>
        <source>Deliver now</source>
        <translation>Jetzt ausliefern</translation>
    </message>
    <message>
        <source>Deliver everything that waits?</source>
        <translation>Alles ausliefern, was wartet?</translation>
    </message>
    <message>
        <source>It is delivered on every node at once. What was sent earlier and arrives later can no longer come before it: it will be marked late.</source>
        <translation>Es wird auf jedem Knoten sofort ausgeliefert. Was früher gesendet wurde und später ankommt, kann nicht mehr davor stehen: Es wird als spät markiert.</translation>
    </message>
    <message>
        <source>Waiting now</source>
        <translation>Wartet jetzt</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>Gefüllt</translation>
    </message>
    <message>
        <source>Age, mean</source>
        <translation>Alter, im Mittel</translation>
    </message>
    <message>
        <source>Age, greatest</source>
        <translation>Alter, größtes</translation>
    </message>
    <message>
        <source>Ready for delivery</source>
        <translation>Bereit zur Auslieferung</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>How long a message waits for earlier ones</source>
        <translation>Wie lange eine Nachricht auf frühere wartet</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>Wasserstand</translation>
    </message>
    <message>
        <source>What is older than this has been delivered</source>
        <translation>Was älter ist, ist ausgeliefert</translation>
    </message>
    <message>
        <source>Buffered in all</source>
        <translation>Insgesamt gepuffert</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Remembered as delivered</source>
        <translation>Als ausgeliefert gemerkt</translation>
    </message>
    <message>
        <source>Reordered</source>
        <translation>Umgeordnet</translation>
    </message>
    <message>
        <source>Put before a message that had arrived earlier</source>
        <translation>Vor eine Nachricht gestellt, die früher ankam</translation>
    </message>
    <message>
        <source>Share reordered</source>
        <translation>Anteil umgeordnet</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Spät</translation>
    </message>
    <message>
        <source>Arrived after their time had been delivered</source>
        <translation>Kamen an, als ihre Zeit schon ausgeliefert war</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>Nothing has passed the window and waits; what is ready would be listed here.</source>
        <translation>Nichts hat das Fenster hinter sich und wartet; was bereit ist, stünde hier.</translation>
    </message>
    <message>
        <source>Ready, the first of them</source>
        <translation>Bereit, die ersten davon</translation>
    </message>
    <message>
        <source>Delivered by it</source>
        <translation>Davon ausgeliefert</translation>
    </message>
</context>
<context>
    <name>BusyDot</name>
    <message>
        <source>Busy</source>
        <translation>Beschäftigt</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Nothing is known of this time.</source>
        <translation>Über diese Zeit ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Arrow keys move the cross-hair, plus and minus zoom.</source>
        <translation>Pfeiltasten bewegen das Fadenkreuz, Plus und Minus zoomen.</translation>
    </message>
</context>
<context>
    <name>ClockCorrectionBand</name>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nachher</translation>
    </message>
</context>
<context>
    <name>ClockCorrectionPanel</name>
    <message>
        <source>as a message would be</source>
        <translation>wie es einer Nachricht geschähe</translation>
    </message>
    <message>
        <source>Correct a timestamp</source>
        <translation>Einen Zeitstempel korrigieren</translation>
    </message>
    <message>
        <source>Seconds since 1970, please.</source>
        <translation>Bitte Sekunden seit 1970.</translation>
    </message>
    <message>
        <source>Timestamp</source>
        <translation>Zeitstempel</translation>
    </message>
    <message>
        <source>seconds since 1970</source>
        <translation>Sekunden seit 1970</translation>
    </message>
    <message>
        <source>if its clock is known</source>
        <translation>falls seine Uhr bekannt ist</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>Absender</translation>
    </message>
    <message>
        <source>anybody</source>
        <translation>irgendwer</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>2 s late</source>
        <translation>2 s zu spät</translation>
    </message>
</context>
<context>
    <name>ClockCorrectionResult</name>
    <message>
        <source>clock known</source>
        <translation>Uhr bekannt</translation>
    </message>
    <message>
        <source>clock not known</source>
        <translation>Uhr nicht bekannt</translation>
    </message>
</context>
<context>
    <name>ClockSyncPanel</name>
    <message>
        <source>%1 asks its peers</source>
        <translation>%1 fragt seine Peers</translation>
    </message>
    <message>
        <source>Synchronise now</source>
        <translation>Jetzt abgleichen</translation>
    </message>
    <message>
        <source>Synchronise</source>
        <translation>Abgleichen</translation>
    </message>
    <message>
        <source>The nodes compare their clocks each second by themselves. This does it at once, and says with whom it worked.</source>
        <translation>Die Knoten vergleichen ihre Uhren jede Sekunde von selbst. Das hier tut es sofort und sagt, mit wem es gelang.</translation>
    </message>
    <message>
        <source>Drift %1. It took %2.</source>
        <translation>Drift %1. Es dauerte %2.</translation>
    </message>
</context>
<context>
    <name>ClockTable</name>
    <message>
        <source>Clock, asked</source>
        <translation>Uhr, gefragt</translation>
    </message>
    <message>
        <source>Clock, it says</source>
        <translation>Uhr, sie sagt</translation>
    </message>
    <message>
        <source>Ahead by, drift, round trip</source>
        <translation>Voraus um, Drift, Umlauf</translation>
    </message>
    <message>
        <source>%1: ahead by %2, to within %3, drift %4</source>
        <translation>%1: voraus um %2, auf %3 genau, Drift %4</translation>
    </message>
    <message>
        <source>%1 exchanges were good</source>
        <translation>%1 Vergleiche waren gut</translation>
    </message>
</context>
<context>
    <name>ClocksPage</name>
    <message>
        <source>Cluster time is what the nodes agree on. A band is where a clock certainly is.</source>
        <translation>Clusterzeit ist, worauf sich die Knoten einigen. Ein Band ist, wo eine Uhr sicher steht.</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>each node&apos;s own clock against it</source>
        <translation>jede Knotenuhr dagegen</translation>
    </message>
    <message>
        <source>Cluster time</source>
        <translation>Clusterzeit</translation>
    </message>
    <message>
        <source>Cluster time %1</source>
        <translation>Clusterzeit %1</translation>
    </message>
    <message>
        <source>no bound is known</source>
        <translation>keine Schranke bekannt</translation>
    </message>
    <message>
        <source>on every node to within %1</source>
        <translation>auf jedem Knoten auf %1 genau</translation>
    </message>
    <message>
        <source>Worst bound of the last minute, in milliseconds</source>
        <translation>Größte Schranke der letzten Minute, in Millisekunden</translation>
    </message>
    <message>
        <source>their clocks against its own; pick another node on top</source>
        <translation>ihre Uhren gegen seine; oben lässt sich ein anderer Knoten wählen</translation>
    </message>
    <message>
        <source>Peers of %1</source>
        <translation>Peers von %1</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>It has no peers to compare with: its own clock is cluster time.</source>
        <translation>Er hat keine Peers zum Vergleichen: Seine eigene Uhr ist die Clusterzeit.</translation>
    </message>
    <message>
        <source>No node answers.</source>
        <translation>Kein Knoten antwortet.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Clock offsets</source>
        <translation>Uhrversatz</translation>
    </message>
    <message>
        <source>cluster time minus each clock</source>
        <translation>Clusterzeit minus jede Uhr</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Versatz</translation>
    </message>
</context>
<context>
    <name>ClosingHost</name>
    <message>
        <source>A cluster runs in this window</source>
        <translation>In diesem Fenster läuft ein Cluster</translation>
    </message>
    <message>
        <source>Its nodes end with the window, or go on behind a sign in the tray. Their messages are on disk and are there again the next time.</source>
        <translation>Seine Knoten enden mit dem Fenster oder laufen hinter einem Zeichen im Infobereich weiter. Ihre Nachrichten liegen auf der Festplatte und sind beim nächsten Mal wieder da.</translation>
    </message>
    <message>
        <source>Its nodes end with the window. Their messages are on disk and are there again the next time.</source>
        <translation>Seine Knoten enden mit dem Fenster. Ihre Nachrichten liegen auf der Festplatte und sind beim nächsten Mal wieder da.</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Let them run</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
</context>
<context>
    <name>ClusterVerdict</name>
    <message>
        <source>%1 says that it leads term %2, but hears only %3 of %4 nodes: nothing can be committed until %5 can be reached.</source>
        <translation>%1 sagt, er führe Term %2, hört aber nur %3 von %4 Knoten: Nichts kann festgeschrieben werden, bis %5 erreichbar ist.</translation>
    </message>
    <message>
        <source>Healthy.</source>
        <translation>Gesund.</translation>
    </message>
    <message>
        <source>It takes no messages yet.</source>
        <translation>Er nimmt noch keine Nachrichten an.</translation>
    </message>
    <message>
        <source>Acknowledged before majority (async).</source>
        <translation>Vor der Mehrheit bestätigt (async).</translation>
    </message>
    <message>
        <source>Storage of %1 failed: it takes no part in writing.</source>
        <translation>Der Speicher von %1 ist ausgefallen: Er schreibt nicht mehr mit.</translation>
    </message>
    <message>
        <source>The disk of %1 is full.</source>
        <translation>Die Platte von %1 ist voll.</translation>
    </message>
    <message>
        <source>%1 is down.</source>
        <translation>%1 ist weg.</translation>
    </message>
    <message>
        <source>%1 is %2 entries behind.</source>
        <translation>%1 liegt %2 Einträge zurück.</translation>
    </message>
    <message>
        <source>Clocks are not synchronised on %1.</source>
        <translation>Auf %1 sind die Uhren nicht abgeglichen.</translation>
    </message>
    <message>
        <source>One fault is active.</source>
        <translation>Ein Fehler ist aktiv.</translation>
    </message>
    <message>
        <source>%1 faults are active.</source>
        <translation>%1 Fehler sind aktiv.</translation>
    </message>
    <message>
        <source>%1 does not answer this monitor, but %2 hears it.</source>
        <translation>%1 antwortet diesem Monitor nicht, aber %2 hört ihn.</translation>
    </message>
    <message>
        <source>%1 is silent.</source>
        <translation>%1 ist stumm.</translation>
    </message>
    <message>
        <source>No leader: %1</source>
        <translation>Kein Leader: %1</translation>
    </message>
    <message>
        <source>No leader for %1 s: %2</source>
        <translation>Kein Leader seit %1 s: %2</translation>
    </message>
    <message>
        <source>%1 of %2 nodes can be reached and %3 are needed; %4 cannot.</source>
        <translation>%1 von %2 Knoten sind erreichbar, und %3 werden gebraucht; %4 nicht.</translation>
    </message>
    <message>
        <source>%1 should lead, but does not answer this monitor.</source>
        <translation>%1 müsste führen, antwortet diesem Monitor aber nicht.</translation>
    </message>
    <message>
        <source>%1 asks for votes in term %2.</source>
        <translation>%1 bittet um Stimmen für Term %2.</translation>
    </message>
    <message>
        <source>%1 says: %2</source>
        <translation>%1 sagt: %2</translation>
    </message>
    <message>
        <source>an election has not begun yet.</source>
        <translation>eine Wahl hat noch nicht begonnen.</translation>
    </message>
    <message>
        <source>%1 and %2 cannot reach each other</source>
        <translation>%1 und %2 erreichen einander nicht</translation>
    </message>
    <message>
        <source>%1 does not hear %2</source>
        <translation>%1 hört %2 nicht</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 does not vote: the others go on without it.</source>
        <translation>%1 stimmt nicht ab: Die anderen machen ohne ihn weiter.</translation>
    </message>
    <message>
        <source>%1 is the only voter: without it there is no cluster.</source>
        <translation>%1 hat die einzige Stimme: Ohne ihn gibt es keinen Cluster.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Go to a page, a node, or run a command</source>
        <translation>Zu einer Seite oder einem Knoten gehen, einen Befehl ausführen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>So heißt nichts.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Read from %1</source>
        <translation>Von %1 lesen</translation>
    </message>
    <message>
        <source>All pages show what this node says</source>
        <translation>Alle Seiten zeigen, was dieser Knoten sagt</translation>
    </message>
    <message>
        <source>Copy curl for the status of %1</source>
        <translation>curl für den Status von %1 kopieren</translation>
    </message>
    <message>
        <source>Read from the whole cluster</source>
        <translation>Vom ganzen Cluster lesen</translation>
    </message>
    <message>
        <source>The curl line is on the clipboard.</source>
        <translation>Die curl-Zeile ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Refresh now</source>
        <translation>Jetzt aktualisieren</translation>
    </message>
    <message>
        <source>Ask every node for its status</source>
        <translation>Jeden Knoten nach seinem Status fragen</translation>
    </message>
    <message>
        <source>Stop refreshing</source>
        <translation>Aktualisieren anhalten</translation>
    </message>
    <message>
        <source>Start refreshing</source>
        <translation>Wieder aktualisieren</translation>
    </message>
    <message>
        <source>What you see stands still and ages</source>
        <translation>Was zu sehen ist, steht still und altert</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Show the leader</source>
        <translation>Den Leader zeigen</translation>
    </message>
    <message>
        <source>Connect to a cluster…</source>
        <translation>Mit einem Cluster verbinden …</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Mit %1 verbinden</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Look of the desktop</source>
        <translation>Aussehen des Desktops</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Heal everything</source>
        <translation>Alles heilen</translation>
    </message>
    <message>
        <source>Ends every fault on every node</source>
        <translation>Beendet jeden Fehler auf jedem Knoten</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Kill the leader</source>
        <translation>Leader abschießen</translation>
    </message>
    <message>
        <source>Pause the leader for 5 s</source>
        <translation>Leader 5 s anhalten</translation>
    </message>
    <message>
        <source>Break it, and give a verdict</source>
        <translation>Stören und ein Urteil geben</translation>
    </message>
    <message>
        <source>Kill %1?</source>
        <translation>%1 abschießen?</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Abschießen</translation>
    </message>
    <message>
        <source>Pause %1 for 5 s?</source>
        <translation>%1 für 5 s anhalten?</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ConfirmHost</name>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>ConnectCard</name>
    <message>
        <source>An address, please: 127.0.0.1:8000</source>
        <translation>Bitte eine Adresse: 127.0.0.1:8000</translation>
    </message>
    <message>
        <source>One node’s address is enough: it names the others. Nodes started with --fault-injection can be broken from here too.</source>
        <translation>Die Adresse eines Knotens genügt: Er nennt die anderen. Knoten, die mit --fault-injection gestartet wurden, lassen sich auch von hier aus stören.</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Mit einem Cluster verbinden</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Address of a node</source>
        <translation>Adresse eines Knotens</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Globe</source>
        <translation>Globus</translation>
    </message>
    <message>
        <source>Flask</source>
        <translation>Kolben</translation>
    </message>
    <message>
        <source>House</source>
        <translation>Haus</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Fahne</translation>
    </message>
    <message>
        <source>Shield</source>
        <translation>Schild</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Light blue</source>
        <translation>Hellblau</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Change the profile</source>
        <translation>Profil ändern</translation>
    </message>
    <message>
        <source>Keep this cluster as a profile</source>
        <translation>Diesen Cluster als Profil behalten</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Mit einem Cluster verbinden</translation>
    </message>
    <message>
        <source>Address of a node</source>
        <translation>Adresse eines Knotens</translation>
    </message>
    <message>
        <source>One is enough: the others are found. Several are separated by commas.</source>
        <translation>Einer genügt: Die anderen werden gefunden. Mehrere durch Kommas trennen.</translation>
    </message>
    <message>
        <source>Name, to keep it as a profile</source>
        <translation>Name, um ihn als Profil zu behalten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>leave empty to connect once</source>
        <translation>leer lassen, um nur einmal zu verbinden</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep and connect</source>
        <translation>Behalten und verbinden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
</context>
<context>
    <name>ConnectionState</name>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinde</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Polling</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Partly live</source>
        <translation>Teilweise live</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>Veraltet</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>CsvDrafts</name>
    <message>
        <source>The first line must name the columns: payload or payload_json, and if you like sender, recipient, msg_id, ts, ttl. Other columns become the payload when there is none.</source>
        <translation>Die erste Zeile muss die Spalten nennen: payload oder payload_json, dazu nach Wunsch sender, recipient, msg_id, ts, ttl. Fehlt der Inhalt, werden die übrigen Spalten dazu.</translation>
    </message>
    <message>
        <source>The column &apos;%1&apos; is there twice.</source>
        <translation>Die Spalte „%1“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>%1 fields, but %2 columns</source>
        <translation>%1 Felder, aber %2 Spalten</translation>
    </message>
    <message>
        <source>%1 must be a number of seconds</source>
        <translation>%1 muss eine Anzahl Sekunden sein</translation>
    </message>
    <message>
        <source>payload_json is not valid JSON</source>
        <translation>payload_json ist kein gültiges JSON</translation>
    </message>
</context>
<context>
    <name>CsvReader</name>
    <message>
        <source>a quote is opened here and never closed</source>
        <translation>ein Anführungszeichen wird hier geöffnet und nie geschlossen</translation>
    </message>
    <message>
        <source>text after a closing quote; a quote inside is written twice</source>
        <translation>Text nach einem schließenden Anführungszeichen; eines im Text wird verdoppelt</translation>
    </message>
</context>
<context>
    <name>CurlLine</name>
    <message>
        <source>Command line: %1</source>
        <translation>Befehlszeile: %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation>Befehlszeile kopieren</translation>
    </message>
</context>
<context>
    <name>DeliveryList</name>
    <message>
        <source>No messages yet. Send one.</source>
        <translation>Noch keine Nachrichten. Eine senden.</translation>
    </message>
    <message>
        <source>Message %1, %2, from %3 to %4: %5</source>
        <translation>Nachricht %1, %2, von %3 an %4: %5</translation>
    </message>
    <message>
        <source>#%1</source>
        <translation>#%1</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>late</source>
        <translation>spät</translation>
    </message>
</context>
<context>
    <name>DraftMaker</name>
    <message>
        <source>The sender</source>
        <translation>Der Absender</translation>
    </message>
    <message>
        <source>The recipient</source>
        <translation>Der Empfänger</translation>
    </message>
    <message>
        <source>The message id</source>
        <translation>Die Nachrichten-Id</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>%1 is longer than %2 bytes.</source>
        <translation>%1 ist länger als %2 Bytes.</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3.</source>
        <translation>Zeile %1, Spalte %2: %3.</translation>
    </message>
    <message>
        <source>The payload has %1 bytes; nodes take %2.</source>
        <translation>Der Inhalt hat %1 Bytes; Knoten nehmen %2 an.</translation>
    </message>
    <message>
        <source>The timestamp must be a number of seconds since 1970, or nothing.</source>
        <translation>Der Zeitstempel muss eine Anzahl Sekunden seit 1970 sein oder leer.</translation>
    </message>
    <message>
        <source>The time to live must be a number of seconds over 0, or nothing.</source>
        <translation>Die Lebensdauer muss eine Anzahl Sekunden über 0 sein oder leer.</translation>
    </message>
</context>
<context>
    <name>DrawerHost</name>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>EventDrawer</name>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Peer</source>
        <translation>Peer</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Cluster time</source>
        <translation>Clusterzeit</translation>
    </message>
    <message>
        <source>Certain within</source>
        <translation>Sicher auf</translation>
    </message>
    <message>
        <source>Events of other nodes within this time may have come before or after it</source>
        <translation>Ereignisse anderer Knoten innerhalb dieser Zeit können vorher oder nachher gekommen sein</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>Warum: %1</translation>
    </message>
    <message>
        <source>two seconds before and after</source>
        <translation>zwei Sekunden davor und danach</translation>
    </message>
    <message>
        <source>Around it</source>
        <translation>Drumherum</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>On the timeline</source>
        <translation>Auf der Zeitachse</translation>
    </message>
</context>
<context>
    <name>EventLane</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message numerus="yes">
        <source>and %n more at this moment</source>
        <translation>
            <numerusform>und %n weiteres in diesem Moment</numerusform>
            <numerusform>und %n weitere in diesem Moment</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventRow</name>
    <message>
        <source>at the same time as the one before</source>
        <translation>gleichzeitig mit dem vorigen</translation>
    </message>
</context>
<context>
    <name>ExportControl</name>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation>JSON-Zeilen (*.jsonl)</translation>
    </message>
    <message>
        <source>%1 messages are in %2.</source>
        <translation>%1 Nachrichten sind in %2.</translation>
    </message>
    <message>
        <source>%1 messages, %2</source>
        <translation>%1 Nachrichten, %2</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>Export abbrechen</translation>
    </message>
    <message>
        <source>CSV, for a spreadsheet</source>
        <translation>CSV, für eine Tabelle</translation>
    </message>
    <message>
        <source>JSON lines, digit for digit</source>
        <translation>JSON-Zeilen, Ziffer für Ziffer</translation>
    </message>
    <message>
        <source>Export what passes the filter</source>
        <translation>Exportieren, was durch den Filter kommt</translation>
    </message>
    <message>
        <source>Export all messages</source>
        <translation>Alle Nachrichten exportieren</translation>
    </message>
</context>
<context>
    <name>FactRow</name>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>FaultKinds</name>
    <message>
        <source>to everybody</source>
        <translation>zu allen</translation>
    </message>
    <message>
        <source>from everybody</source>
        <translation>von allen</translation>
    </message>
    <message>
        <source>from and to everybody</source>
        <translation>von und zu allen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>The node stands still, as under a debugger or in a long garbage collection.</source>
        <translation>Der Knoten steht still, wie unter einem Debugger oder in einer langen Speicherbereinigung.</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>Abschneiden</translation>
    </message>
    <message>
        <source>Nothing passes between this node and the chosen peers, one way or both.</source>
        <translation>Zwischen diesem Knoten und den gewählten Peers kommt nichts durch, in eine oder beide Richtungen.</translation>
    </message>
    <message>
        <source>Slow links</source>
        <translation>Langsame Leitungen</translation>
    </message>
    <message>
        <source>Every message to or from the peers comes so much later.</source>
        <translation>Jede Nachricht von oder zu den Peers kommt um so viel später.</translation>
    </message>
    <message>
        <source>Lossy links</source>
        <translation>Verlustreiche Leitungen</translation>
    </message>
    <message>
        <source>So many of a hundred messages to or from the peers are lost.</source>
        <translation>So viele von hundert Nachrichten von oder zu den Peers gehen verloren.</translation>
    </message>
    <message>
        <source>Wrong clock</source>
        <translation>Falsche Uhr</translation>
    </message>
    <message>
        <source>The node&apos;s clock is so far ahead, or behind with a minus.</source>
        <translation>Die Uhr des Knotens geht um so viel vor, mit Minus nach.</translation>
    </message>
    <message>
        <source>Drifting clock</source>
        <translation>Driftende Uhr</translation>
    </message>
    <message>
        <source>The node&apos;s clock runs so much too fast, or too slow with a minus.</source>
        <translation>Die Uhr des Knotens läuft um so viel zu schnell, mit Minus zu langsam.</translation>
    </message>
    <message>
        <source>Full disk</source>
        <translation>Volle Platte</translation>
    </message>
    <message>
        <source>Only so much more can be written.</source>
        <translation>Nur noch so viel kann geschrieben werden.</translation>
    </message>
    <message>
        <source>Slow disk</source>
        <translation>Langsame Platte</translation>
    </message>
    <message>
        <source>Every sync to the disk takes so much longer.</source>
        <translation>Jedes Sichern auf die Platte dauert um so viel länger.</translation>
    </message>
    <message>
        <source>Failing fsync</source>
        <translation>fsync schlägt fehl</translation>
    </message>
    <message>
        <source>Syncs fail. The node stops writing for good, and must be started anew.</source>
        <translation>Das Sichern schlägt fehl. Der Knoten schreibt dann gar nicht mehr und muss neu gestartet werden.</translation>
    </message>
</context>
<context>
    <name>FaultsPage</name>
    <message>
        <source>Break the cluster on purpose, and see what it keeps.</source>
        <translation>Den Cluster absichtlich stören und sehen, was er behält.</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Heal all</source>
        <translation>Alles heilen</translation>
    </message>
    <message>
        <source>Ends every fault on every node, and starts killed nodes again</source>
        <translation>Beendet jeden Fehler auf jedem Knoten und startet abgeschossene wieder</translation>
    </message>
    <message>
        <source>Inject a fault</source>
        <translation>Fehler einspeisen</translation>
    </message>
    <message>
        <source>Copy the option</source>
        <translation>Option kopieren</translation>
    </message>
    <message>
        <source>Copied: --fault-injection</source>
        <translation>Kopiert: --fault-injection</translation>
    </message>
    <message>
        <source>Break it</source>
        <translation>Stören</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>FieldFormat</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>FieldGrid</name>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>last known</source>
        <translation>zuletzt bekannt</translation>
    </message>
    <message>
        <source>never heard</source>
        <translation>nie gehört</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Any %1</source>
        <translation>%1 beliebig</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>What can be done with it</source>
        <translation>Was sich damit tun lässt</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Every message that you send from here is kept with its outcome, the last 500 of them.</source>
        <translation>Jede von hier gesendete Nachricht bleibt hier mit ihrem Ausgang stehen, die letzten 500.</translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation>Noch nichts gesendet</translation>
    </message>
    <message>
        <source>Sent messages</source>
        <translation>Gesendete Nachrichten</translation>
    </message>
    <message>
        <source>Kept on this machine: %1 of at most 500</source>
        <translation>Auf diesem Rechner: %1 von höchstens 500</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the history?</source>
        <translation>Verlauf leeren?</translation>
    </message>
    <message>
        <source>The list of what was sent from here is forgotten. The messages themselves stay where they are.</source>
        <translation>Die Liste dessen, was von hier gesendet wurde, wird vergessen. Die Nachrichten selbst bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Send again with a new id</source>
        <translation>Noch einmal senden, mit neuer Id</translation>
    </message>
    <message>
        <source>Send again with the same id</source>
        <translation>Noch einmal senden, mit derselben Id</translation>
    </message>
    <message>
        <source>Put into the form</source>
        <translation>In das Formular übernehmen</translation>
    </message>
    <message>
        <source>Copy as a curl line</source>
        <translation>Als curl-Zeile kopieren</translation>
    </message>
    <message>
        <source>Show the message</source>
        <translation>Nachricht zeigen</translation>
    </message>
</context>
<context>
    <name>ImportList</name>
    <message>
        <source>The first messages</source>
        <translation>Die ersten Nachrichten</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Left out or not stored</source>
        <translation>Weggelassen oder nicht gespeichert</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
</context>
<context>
    <name>ImportReader</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>The file has %1 MB; up to %2 MB can be imported here. `dsmsg send --file` takes any size.</source>
        <translation>Die Datei hat %1 MB; bis zu %2 MB lassen sich hier importieren. `dsmsg send --file` nimmt jede Größe.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>There is no message in the file.</source>
        <translation>In der Datei ist keine Nachricht.</translation>
    </message>
    <message>
        <source>the payload is larger than 1 MiB</source>
        <translation>der Inhalt ist größer als 1 MiB</translation>
    </message>
    <message>
        <source>The file has more than %1 messages; split it, or use `dsmsg send --file`.</source>
        <translation>Die Datei hat mehr als %1 Nachrichten; bitte teilen oder `dsmsg send --file` nehmen.</translation>
    </message>
    <message>
        <source>The file is no JSON list of objects: it breaks off in line %1.</source>
        <translation>Die Datei ist keine JSON-Liste von Objekten: Sie bricht in Zeile %1 ab.</translation>
    </message>
</context>
<context>
    <name>ImportTab</name>
    <message>
        <source>Messages (*.ndjson *.jsonl *.json *.csv *.tsv *.txt)</source>
        <translation>Nachrichten (*.ndjson *.jsonl *.json *.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import messages</source>
        <translation>Nachrichten importieren</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Drop one here: NDJSON or a JSON list, with payload, sender, recipient, msg_id, ts, ttl; or CSV with these as columns. Nothing is sent before you have seen what is in it.</source>
        <translation>Hierher ziehen: NDJSON oder eine JSON-Liste mit payload, sender, recipient, msg_id, ts, ttl; oder CSV mit diesen Spalten. Gesendet wird erst, wenn zu sehen war, was darin ist.</translation>
    </message>
    <message>
        <source>%1 cannot be imported</source>
        <translation>%1 lässt sich nicht importieren</translation>
    </message>
    <message>
        <source>Import messages from a file</source>
        <translation>Nachrichten aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Put the file away</source>
        <translation>Datei weglegen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lese …</translation>
    </message>
    <message>
        <source>%1 messages, all well formed.</source>
        <translation>%1 Nachrichten, alle wohlgeformt.</translation>
    </message>
    <message>
        <source>%1 messages; %2 lines are left out.</source>
        <translation>%1 Nachrichten; %2 Zeilen werden weggelassen.</translation>
    </message>
    <message>
        <source>Ids come from the file: sent twice, it is stored once.</source>
        <translation>Ids stehen in der Datei: zweimal gesendet, wird einmal gespeichert.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send %1</source>
        <translation>%1 senden</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>Andere Datei</translation>
    </message>
</context>
<context>
    <name>InjectPopover</name>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 on %2?</source>
        <translation>%1 auf %2?</translation>
    </message>
    <message>
        <source>Inject</source>
        <translation>Einspeisen</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Beide Richtungen</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Hinaus</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Herein</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Wie viel</translation>
    </message>
    <message>
        <source>Heals after</source>
        <translation>Heilt nach</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>JsonCheck</name>
    <message>
        <source>a comma or a closing } is missing</source>
        <translation>ein Komma oder eine schließende } fehlt</translation>
    </message>
    <message>
        <source>a colon is missing after the name</source>
        <translation>nach dem Namen fehlt ein Doppelpunkt</translation>
    </message>
    <message>
        <source>a comma or a closing bracket is missing</source>
        <translation>ein Komma oder eine schließende Klammer fehlt</translation>
    </message>
    <message>
        <source>this is no value: text needs quotes, and only true, false and null do without</source>
        <translation>das ist kein Wert: Text braucht Anführungszeichen, nur true, false und null nicht</translation>
    </message>
    <message>
        <source>this is no number</source>
        <translation>das ist keine Zahl</translation>
    </message>
    <message>
        <source>an unknown escape; a backslash itself is written \\</source>
        <translation>ein unbekanntes Escape; ein Backslash selbst wird \\ geschrieben</translation>
    </message>
    <message>
        <source>half a character</source>
        <translation>ein halbes Zeichen</translation>
    </message>
    <message>
        <source>the closing quote is missing</source>
        <translation>das schließende Anführungszeichen fehlt</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
    <message>
        <source>a payload is one value, and this is more</source>
        <translation>ein Inhalt ist ein Wert, und das ist mehr</translation>
    </message>
    <message>
        <source>there is nothing here yet</source>
        <translation>hier steht noch nichts</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>KeyboardHelp</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Search pages and commands</source>
        <translation>Seiten und Befehle suchen</translation>
    </message>
    <message>
        <source>Ask every node now</source>
        <translation>Jetzt jeden Knoten fragen</translation>
    </message>
    <message>
        <source>Refreshing on and off</source>
        <translation>Aktualisieren ein und aus</translation>
    </message>
    <message>
        <source>Connect to a cluster</source>
        <translation>Mit einem Cluster verbinden</translation>
    </message>
    <message>
        <source>Light, dark or high contrast</source>
        <translation>Hell, dunkel oder hoher Kontrast</translation>
    </message>
    <message>
        <source>Back to the page before</source>
        <translation>Zurück zur vorigen Seite</translation>
    </message>
    <message>
        <source>Close the drawer or what is open</source>
        <translation>Seitenblatt oder Geöffnetes schließen</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>In lists and tables</source>
        <translation>In Listen und Tabellen</translation>
    </message>
    <message>
        <source>One row</source>
        <translation>Eine Zeile</translation>
    </message>
    <message>
        <source>One screen</source>
        <translation>Eine Bildschirmseite</translation>
    </message>
    <message>
        <source>First and last</source>
        <translation>Erste und letzte</translation>
    </message>
    <message>
        <source>Show it in the drawer</source>
        <translation>Im Seitenblatt zeigen</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>In Nachrichten suchen</translation>
    </message>
    <message>
        <source>Pause and go on</source>
        <translation>Anhalten und weiter</translation>
    </message>
    <message>
        <source>In charts and the replay</source>
        <translation>In Diagrammen und der Wiederholung</translation>
    </message>
    <message>
        <source>Move the cursor, step</source>
        <translation>Fadenkreuz bewegen, Schritt</translation>
    </message>
    <message>
        <source>Nearer, farther</source>
        <translation>Näher, weiter</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>Abspielen und anhalten</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>LabDesk</name>
    <message>
        <source>Up to %1 messages are sent to this cluster and stay there. %2</source>
        <translation>Bis zu %1 Nachrichten gehen an diesen Cluster und bleiben dort. %2</translation>
    </message>
    <message>
        <source>Break the cluster with “%1”?</source>
        <translation>Den Cluster mit „%1“ stören?</translation>
    </message>
    <message>
        <source>Break it</source>
        <translation>Stören</translation>
    </message>
    <message>
        <source>Inject “%1”?</source>
        <translation>„%1“ einspeisen?</translation>
    </message>
    <message>
        <source>Inject</source>
        <translation>Einspeisen</translation>
    </message>
</context>
<context>
    <name>LabVerdict</name>
    <message>
        <source>%1 lost</source>
        <translation>%1 verloren</translation>
    </message>
    <message>
        <source>%1 stored twice</source>
        <translation>%1 doppelt gespeichert</translation>
    </message>
    <message>
        <source>%1 in another order</source>
        <translation>%1 in anderer Reihenfolge</translation>
    </message>
    <message>
        <source>%1 missing numbers</source>
        <translation>%1 fehlende Nummern</translation>
    </message>
    <message>
        <source>a node could not be read</source>
        <translation>ein Knoten war nicht lesbar</translation>
    </message>
    <message>
        <source>the nodes do not agree</source>
        <translation>die Knoten stimmen nicht überein</translation>
    </message>
    <message>
        <source>Not clean. Of %1 acknowledged messages: %2.</source>
        <translation>Nicht sauber. Von %1 bestätigten Nachrichten: %2.</translation>
    </message>
    <message>
        <source>Nothing was acknowledged, so nothing is proved.</source>
        <translation>Nichts wurde bestätigt, also ist nichts bewiesen.</translation>
    </message>
    <message>
        <source>Clean. %1 messages acknowledged, none lost, none twice, in the same order on every node.</source>
        <translation>Sauber. %1 Nachrichten bestätigt, keine verloren, keine doppelt, auf jedem Knoten in derselben Reihenfolge.</translation>
    </message>
    <message>
        <source>%1 of %2 kept</source>
        <translation>%1 von %2 behalten</translation>
    </message>
    <message>
        <source>Each acknowledged message was read back from %1, under the number it was acknowledged with.</source>
        <translation>Jede bestätigte Nachricht wurde von %1 zurückgelesen, unter der Nummer, mit der sie bestätigt wurde.</translation>
    </message>
    <message>
        <source>All %1 nodes are equal</source>
        <translation>Alle %1 Knoten sind gleich</translation>
    </message>
    <message>
        <source>Hash of what they show: %1</source>
        <translation>Hash dessen, was sie zeigen: %1</translation>
    </message>
    <message>
        <source>Hash of what they show: %1; of their state: %2</source>
        <translation>Hash dessen, was sie zeigen: %1; ihres Zustands: %2</translation>
    </message>
    <message>
        <source>%1 with an unknown outcome</source>
        <translation>%1 mit unbekanntem Ausgang</translation>
    </message>
    <message>
        <source>Nobody promised them, and each may be stored once. The last: %1</source>
        <translation>Niemand hat sie versprochen, und jede darf einmal gespeichert sein. Die letzte: %1</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>%1 abgelehnt</translation>
    </message>
    <message>
        <source>The senders were told that these are not stored. The last: %1</source>
        <translation>Den Absendern wurde gesagt, dass diese nicht gespeichert sind. Die letzte: %1</translation>
    </message>
    <message>
        <source>Senders waited %1 at most</source>
        <translation>Absender warteten höchstens %1</translation>
    </message>
    <message>
        <source>The longest time between two acknowledgements.</source>
        <translation>Die längste Zeit zwischen zwei Bestätigungen.</translation>
    </message>
    <message>
        <source>%1. A process kill, not a power loss.</source>
        <translation>%1. Ein Prozessabbruch, kein Stromausfall.</translation>
    </message>
    <message>
        <source>%1 leads term %2</source>
        <translation>%1 führt Term %2</translation>
    </message>
    <message>
        <source>%1, %2 after the fault.</source>
        <translation>%1, %2 nach dem Fehler.</translation>
    </message>
    <message>
        <source>%1 caught up in %2</source>
        <translation>%1 hat in %2 aufgeholt</translation>
    </message>
    <message>
        <source>It lacked %1 entries.</source>
        <translation>Ihm fehlten %1 Einträge.</translation>
    </message>
    <message>
        <source>%1 had not caught up</source>
        <translation>%1 hatte nicht aufgeholt</translation>
    </message>
    <message>
        <source>As async promises: %1 of %2 messages are lost. They were acknowledged before a majority had them.</source>
        <translation>Wie async es verspricht: %1 von %2 Nachrichten sind verloren. Sie wurden bestätigt, bevor eine Mehrheit sie hatte.</translation>
    </message>
</context>
<context>
    <name>LaneLegend</name>
    <message>
        <source>applied</source>
        <translation>angewandt</translation>
    </message>
    <message>
        <source>Carried out here: the message is in this node&apos;s database.</source>
        <translation>Hier ausgeführt: Die Nachricht ist in der Datenbank dieses Knotens.</translation>
    </message>
    <message>
        <source>committed</source>
        <translation>festgeschrieben</translation>
    </message>
    <message>
        <source>A majority has it: it can no longer be lost.</source>
        <translation>Eine Mehrheit hat sie: Sie kann nicht mehr verloren gehen.</translation>
    </message>
    <message>
        <source>durable</source>
        <translation>dauerhaft</translation>
    </message>
    <message>
        <source>On this node&apos;s disk, not yet known to be on a majority.</source>
        <translation>Auf der Platte dieses Knotens, noch nicht sicher auf einer Mehrheit.</translation>
    </message>
    <message>
        <source>written</source>
        <translation>geschrieben</translation>
    </message>
    <message>
        <source>In the log, its fsync is not done yet.</source>
        <translation>Im Log, das fsync ist noch nicht fertig.</translation>
    </message>
    <message>
        <source>match</source>
        <translation>match</translation>
    </message>
    <message>
        <source>As far as the leader knows that this node has the same log.</source>
        <translation>So weit hat der Knoten, wie der Leader weiß, dasselbe Log.</translation>
    </message>
    <message>
        <source>next</source>
        <translation>next</translation>
    </message>
    <message>
        <source>The entry that the leader sends to this node next.</source>
        <translation>Der Eintrag, den der Leader diesem Knoten als Nächstes schickt.</translation>
    </message>
    <message>
        <source>commit index</source>
        <translation>Commit-Index</translation>
    </message>
    <message>
        <source>All before this line is committed, as the leader has it.</source>
        <translation>Alles vor dieser Linie ist festgeschrieben, wie der Leader es hat.</translation>
    </message>
</context>
<context>
    <name>LifeLineView</name>
    <message>
        <source>Life of the message: %1</source>
        <translation>Leben der Nachricht: %1</translation>
    </message>
    <message>
        <source> (leader)</source>
        <translation> (Leader)</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>LinksPanel</name>
    <message>
        <source>Cut %1 off from %2?</source>
        <translation>%1 von %2 abschneiden?</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Abschneiden</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Leitungen</translation>
    </message>
    <message>
        <source>for 5 s</source>
        <translation>für 5 s</translation>
    </message>
    <message>
        <source>for 10 s</source>
        <translation>für 10 s</translation>
    </message>
    <message>
        <source>for 30 s</source>
        <translation>für 30 s</translation>
    </message>
    <message>
        <source>for 2 min</source>
        <translation>für 2 min</translation>
    </message>
    <message>
        <source>How long a cut lasts</source>
        <translation>Wie lange ein Schnitt dauert</translation>
    </message>
    <message>
        <source>Directions cut: %1. Click a cell to heal it.</source>
        <translation>Getrennte Richtungen: %1. Ein Klick auf eine Zelle heilt sie.</translation>
    </message>
    <message>
        <source>The row speaks, the column listens. Click a cell to cut that direction.</source>
        <translation>Die Zeile spricht, die Spalte hört. Ein Klick auf eine Zelle trennt diese Richtung.</translation>
    </message>
</context>
<context>
    <name>LoadFigures</name>
    <message>
        <source>acknowledged a second</source>
        <translation>bestätigt je Sekunde</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>Above the last second; the whole run: %1/s, p50 %2, p95 %3, p99 %4.</source>
        <translation>Oben die letzte Sekunde; der ganze Lauf: %1/s, p50 %2, p95 %3, p99 %4.</translation>
    </message>
    <message>
        <source>Nothing acknowledged yet.</source>
        <translation>Noch nichts bestätigt.</translation>
    </message>
    <message>
        <source>Acknowledged a second</source>
        <translation>Bestätigt je Sekunde</translation>
    </message>
    <message>
        <source>Time to the acknowledgement</source>
        <translation>Zeit bis zur Bestätigung</translation>
    </message>
</context>
<context>
    <name>LoadSettings</name>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>At a rate</source>
        <translation>Mit einer Rate</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>The one on the left</source>
        <translation>Die links</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Senders</source>
        <translation>Absender</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>Bestätigt von</translation>
    </message>
    <message>
        <source>as the cluster is set</source>
        <translation>wie der Cluster eingestellt ist</translation>
    </message>
    <message>
        <source>the leader&apos;s disk</source>
        <translation>der Platte des Leaders</translation>
    </message>
    <message>
        <source>a majority&apos;s disks</source>
        <translation>den Platten einer Mehrheit</translation>
    </message>
    <message>
        <source>all disks</source>
        <translation>allen Platten</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Gleichzeitig</translation>
    </message>
</context>
<context>
    <name>LoadStrip</name>
    <message>
        <source>Acknowledged a second: nothing yet</source>
        <translation>Bestätigt je Sekunde: noch nichts</translation>
    </message>
    <message>
        <source>Acknowledged a second: %1 on average over %2 s</source>
        <translation>Bestätigt je Sekunde: %1 im Mittel über %2 s</translation>
    </message>
    <message>
        <source>acknowledged a second</source>
        <translation>bestätigt je Sekunde</translation>
    </message>
    <message>
        <source>%1 asked for</source>
        <translation>%1 verlangt</translation>
    </message>
    <message>
        <source>Break it to see what the senders notice.</source>
        <translation>Stören, um zu sehen, was die Absender merken.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>LoadTab</name>
    <message>
        <source>Load on a cluster that is not well?</source>
        <translation>Last auf einen Cluster, dem es nicht gut geht?</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Noch einmal starten</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Halte an</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>These are real messages: the cluster stores them.</source>
        <translation>Das sind echte Nachrichten: Der Cluster speichert sie.</translation>
    </message>
    <message>
        <source>Last that was not stored: %1</source>
        <translation>Die letzte, die nicht gespeichert wurde: %1</translation>
    </message>
    <message>
        <source>Acknowledged messages a second and how long they take appear here. Run it while you break something on the Faults page.</source>
        <translation>Hier erscheint, wie viele Nachrichten je Sekunde bestätigt werden und wie lange es dauert. Am besten laufen lassen, während auf der Seite Fehler etwas gestört wird.</translation>
    </message>
    <message>
        <source>No load yet</source>
        <translation>Noch keine Last</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>LogLanes</name>
    <message>
        <source>Log of each node</source>
        <translation>Log jedes Knotens</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>leads</source>
        <translation>führt</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>−%1</source>
        <translation>−%1</translation>
    </message>
</context>
<context>
    <name>LookPanel</name>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Follows the desktop.</source>
        <translation>Folgt dem Desktop.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Movement</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Less: nothing slides or fades.</source>
        <translation>Weniger: Nichts gleitet oder blendet über.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – dsmsg</source>
        <translation>%1 – dsmsg</translation>
    </message>
    <message>
        <source>dsmsg</source>
        <translation>dsmsg</translation>
    </message>
</context>
<context>
    <name>MessageDrawer</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Waits for delivery</source>
        <translation>Wartet auf Auslieferung</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Spät</translation>
    </message>
    <message>
        <source>Future</source>
        <translation>Zukunft</translation>
    </message>
    <message>
        <source>to</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Acknowledged before majority: a node is async, and what it acknowledged can be lost with it.</source>
        <translation>Vor der Mehrheit bestätigt: Ein Knoten ist async, und was er bestätigt hat, kann mit ihm verloren gehen.</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Leben</translation>
    </message>
    <message>
        <source>told by %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>Complete. Times since the leader received it.</source>
        <translation>Vollständig. Zeiten seit dem Empfang beim Leader.</translation>
    </message>
    <message>
        <source>Not complete: %1.</source>
        <translation>Nicht vollständig: %1.</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Gehalten von</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Sender&apos;s clock</source>
        <translation>Uhr des Absenders</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Verschiebung</translation>
    </message>
    <message>
        <source>Certain within</source>
        <translation>Sicher auf</translation>
    </message>
    <message>
        <source>Half the width of the interval in which the true time lies</source>
        <translation>Halbe Breite des Bereichs, in dem die wahre Zeit liegt</translation>
    </message>
    <message>
        <source>Sender&apos;s offset</source>
        <translation>Versatz des Absenders</translation>
    </message>
    <message>
        <source>stated by the sender</source>
        <translation>vom Absender angegeben</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>Received by the leader</source>
        <translation>Vom Leader empfangen</translation>
    </message>
    <message>
        <source>Sent on</source>
        <translation>Weitergesandt</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Delivery seq</source>
        <translation>Auslieferungsnummer</translation>
    </message>
    <message>
        <source>Log entry</source>
        <translation>Log-Eintrag</translation>
    </message>
    <message>
        <source>index %1, term %2</source>
        <translation>Index %1, Term %2</translation>
    </message>
    <message>
        <source>Expires after</source>
        <translation>Läuft ab nach</translation>
    </message>
    <message>
        <source>never by itself</source>
        <translation>nie von selbst</translation>
    </message>
    <message>
        <source>Publish again</source>
        <translation>Noch einmal senden</translation>
    </message>
    <message>
        <source>Opens it as a draft, with a new id</source>
        <translation>Öffnet sie als Entwurf, mit neuer Id</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>acknowledged before majority</source>
        <translation>vor der Mehrheit bestätigt</translation>
    </message>
    <message>
        <source>Clear the form</source>
        <translation>Formular leeren</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Indent the JSON</source>
        <translation>JSON einrücken</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Kind of payload</source>
        <translation>Art des Inhalts</translation>
    </message>
    <message>
        <source>Hello, number {{n}}</source>
        <translation>Hallo, Nummer {{n}}</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Als Nächstes: %1</translation>
    </message>
    <message>
        <source>Valid JSON</source>
        <translation>Gültiges JSON</translation>
    </message>
    <message>
        <source>Sent as a JSON string</source>
        <translation>Wird als JSON-Zeichenkette gesendet</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Enter</translation>
    </message>
</context>
<context>
    <name>MessageFilters</name>
    <message>
        <source>Search what is loaded   /</source>
        <translation>In Geladenem suchen   /</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 Treffer</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation>%1 Treffer</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Find this id in the log</source>
        <translation>Diese Id im Log suchen</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>Festschreibung</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>MessageHeader</name>
    <message>
        <source>Seq</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Its place in the order of commitment</source>
        <translation>Ihre Stelle in der Reihenfolge der Festschreibung</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Auslieferung</translation>
    </message>
    <message>
        <source>Its place in the order of delivery; a dash while it waits</source>
        <translation>Ihre Stelle in der Reihenfolge der Auslieferung; ein Strich, solange sie wartet</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>When it was sent, by the cluster&apos;s time (corrected)</source>
        <translation>Wann sie gesendet wurde, nach der Zeit des Clusters (korrigiert)</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Verschiebung</translation>
    </message>
    <message>
        <source>Corrected time minus the sender&apos;s; empty where nothing was corrected</source>
        <translation>Korrigierte Zeit minus die des Absenders; leer, wo nichts korrigiert wurde</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>late: its time had passed already. future: its time lies far ahead</source>
        <translation>spät: ihre Zeit war schon vorbei. Zukunft: ihre Zeit liegt weit voraus</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Term and index of the log entry that carries it</source>
        <translation>Term und Index des Log-Eintrags, der sie trägt</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>Message %1 from %2 to %3 at %4: %5</source>
        <translation>Nachricht %1 von %2 an %3 um %4: %5</translation>
    </message>
    <message>
        <source>late</source>
        <translation>spät</translation>
    </message>
    <message>
        <source>future</source>
        <translation>Zukunft</translation>
    </message>
</context>
<context>
    <name>MessageLines</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 zu %2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>MessageOptions</name>
    <message>
        <source>as the cluster is set</source>
        <translation>wie der Cluster eingestellt ist</translation>
    </message>
    <message>
        <source>the leader&apos;s disk</source>
        <translation>der Platte des Leaders</translation>
    </message>
    <message>
        <source>a majority&apos;s disks</source>
        <translation>den Platten einer Mehrheit</translation>
    </message>
    <message>
        <source>all disks</source>
        <translation>allen Platten</translation>
    </message>
    <message>
        <source>new id</source>
        <translation>neue Id</translation>
    </message>
    <message>
        <source>id %1</source>
        <translation>Id %1</translation>
    </message>
    <message>
        <source>time %1</source>
        <translation>Zeit %1</translation>
    </message>
    <message>
        <source>lives %1 s</source>
        <translation>lebt %1 s</translation>
    </message>
    <message>
        <source>acknowledged by %1</source>
        <translation>bestätigt von %1</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Message id</source>
        <translation>Nachrichten-Id</translation>
    </message>
    <message>
        <source>a new UUID</source>
        <translation>eine neue UUID</translation>
    </message>
    <message>
        <source>Acknowledged by</source>
        <translation>Bestätigt von</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>Unix seconds</source>
        <translation>Unix-Sekunden</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Lebensdauer</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
</context>
<context>
    <name>MessagePlace</name>
    <message>
        <source>#%1 – #%2 of %3</source>
        <translation>#%1 – #%2 von %3</translation>
    </message>
    <message>
        <source>Searching, at #%1</source>
        <translation>Suche, bei #%1</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lade</translation>
    </message>
    <message>
        <source>Older messages were removed by retention</source>
        <translation>Ältere Nachrichten hat die Aufbewahrungsregel entfernt</translation>
    </message>
    <message>
        <source>%1, as it comes</source>
        <translation>%1, wie es kommt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>MessageStates</name>
    <message>
        <source>No node answers</source>
        <translation>Kein Knoten antwortet</translation>
    </message>
    <message>
        <source>Reading the log</source>
        <translation>Lese das Log</translation>
    </message>
    <message>
        <source>No message passes the filter</source>
        <translation>Keine Nachricht kommt durch den Filter</translation>
    </message>
    <message>
        <source>The log could not be read</source>
        <translation>Das Log konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>No messages yet. Send one.</source>
        <translation>Noch keine Nachrichten. Eine senden.</translation>
    </message>
    <message>
        <source>Searching, at #%1</source>
        <translation>Suche, bei #%1</translation>
    </message>
    <message>
        <source>What comes and passes it will appear here.</source>
        <translation>Was kommt und durchgeht, erscheint hier.</translation>
    </message>
    <message>
        <source>Names must match exactly.</source>
        <translation>Namen müssen genau stimmen.</translation>
    </message>
    <message>
        <source>What is sent to the cluster appears here as soon as it is committed.</source>
        <translation>Was an den Cluster gesendet wird, erscheint hier, sobald es festgeschrieben ist.</translation>
    </message>
    <message>
        <source>Reset the filter</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Eine Nachricht senden</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>%1 committed, %2 delivered on %3</source>
        <translation>%1 festgeschrieben, %2 ausgeliefert auf %3</translation>
    </message>
    <message>
        <source>%1. Acknowledged before majority: this node is async.</source>
        <translation>%1. Vor der Mehrheit bestätigt: Dieser Knoten ist async.</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 neu</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
</context>
<context>
    <name>NameChip</name>
    <message>
        <source>Exactly this name. Empty for any.</source>
        <translation>Genau dieser Name. Leer für alle.</translation>
    </message>
</context>
<context>
    <name>NearEvent</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>this</source>
        <translation>dieses</translation>
    </message>
</context>
<context>
    <name>NewMemberForm</name>
    <message>
        <source>Add a node</source>
        <translation>Einen Knoten aufnehmen</translation>
    </message>
    <message>
        <source>Start it first, with --join and the address of one of these nodes. It gets everything that was sent before it counts for a majority.</source>
        <translation>Zuerst starten, mit --join und der Adresse eines dieser Knoten. Er bekommt alles früher Gesendete, bevor er zu einer Mehrheit zählt.</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Voter</source>
        <translation>Stimmberechtigt</translation>
    </message>
    <message>
        <source>Learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>It counts for majorities: with %1 voters, %2 must hold a message.</source>
        <translation>Er zählt zu Mehrheiten: Bei %1 Stimmen müssen %2 eine Nachricht haben.</translation>
    </message>
    <message>
        <source>It receives everything and counts for no majority.</source>
        <translation>Er empfängt alles und zählt zu keiner Mehrheit.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>%1 is a member now.</source>
        <translation>%1 ist jetzt Mitglied.</translation>
    </message>
</context>
<context>
    <name>NodeActions</name>
    <message>
        <source>Hand leadership to %1?</source>
        <translation>Die Führung an %1 übergeben?</translation>
    </message>
    <message>
        <source>Hand leadership over?</source>
        <translation>Die Führung übergeben?</translation>
    </message>
    <message>
        <source>%1 stops taking messages, waits until the other has caught up, and lets it be elected. Messages wait for a moment, none is lost.</source>
        <translation>%1 nimmt keine Nachrichten mehr an, wartet, bis der andere aufgeholt hat, und lässt ihn wählen. Nachrichten warten einen Moment, keine geht verloren.</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Let %1 vote?</source>
        <translation>%1 abstimmen lassen?</translation>
    </message>
    <message>
        <source>Take the vote from %1?</source>
        <translation>%1 die Stimme nehmen?</translation>
    </message>
    <message>
        <source>One voter more: a majority is counted anew from then on.</source>
        <translation>Eine Stimme mehr: Von da an wird eine Mehrheit neu gezählt.</translation>
    </message>
    <message>
        <source>It goes on to receive everything, but counts for no majority.</source>
        <translation>Er empfängt weiter alles, zählt aber zu keiner Mehrheit.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Remove %1 from the cluster?</source>
        <translation>%1 aus dem Cluster entfernen?</translation>
    </message>
    <message>
        <source>It takes no part from then on; its data stays on its disk. To bring it back it has to be added again.</source>
        <translation>Von da an nimmt er nicht mehr teil; seine Daten bleiben auf seiner Platte. Um zurückzukommen, muss er neu aufgenommen werden.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Leadership is handed over.</source>
        <translation>Die Führung ist übergeben.</translation>
    </message>
    <message>
        <source>%1 has its state on disk; its log now begins at %2.</source>
        <translation>%1 hat seinen Zustand auf der Platte; sein Log beginnt jetzt bei %2.</translation>
    </message>
    <message>
        <source>The members were changed.</source>
        <translation>Die Mitglieder wurden geändert.</translation>
    </message>
    <message>
        <source>The node was removed.</source>
        <translation>Der Knoten wurde entfernt.</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Show in the drawer</source>
        <translation>Im Seitenblatt zeigen</translation>
    </message>
    <message>
        <source>Show the whole cluster</source>
        <translation>Den ganzen Cluster zeigen</translation>
    </message>
    <message>
        <source>Read all pages from it</source>
        <translation>Alle Seiten von ihm lesen</translation>
    </message>
    <message>
        <source>Hand leadership over</source>
        <translation>Führung übergeben</translation>
    </message>
    <message>
        <source>Make it the leader</source>
        <translation>Zum Leader machen</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>Snapshot machen</translation>
    </message>
    <message>
        <source>Let it vote</source>
        <translation>Abstimmen lassen</translation>
    </message>
    <message>
        <source>Take its vote</source>
        <translation>Ihm die Stimme nehmen</translation>
    </message>
    <message>
        <source>Remove from the cluster</source>
        <translation>Aus dem Cluster entfernen</translation>
    </message>
</context>
<context>
    <name>NodeAddress</name>
    <message>
        <source>Type the address of a node, such as 127.0.0.1:8000.</source>
        <translation>Bitte die Adresse eines Knotens, etwa 127.0.0.1:8000.</translation>
    </message>
    <message>
        <source>These are more than %1 addresses. One node is enough: the others are found through it.</source>
        <translation>Das sind mehr als %1 Adressen. Ein Knoten genügt: Die anderen werden durch ihn gefunden.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no address. Write host:port, such as 127.0.0.1:8000.</source>
        <translation>„%1“ ist keine Adresse. Etwa host:port, wie 127.0.0.1:8000.</translation>
    </message>
    <message>
        <source>Nodes speak http, not %1.</source>
        <translation>Knoten sprechen http, nicht %1.</translation>
    </message>
</context>
<context>
    <name>NodeCard</name>
    <message>
        <source>Down</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinde</translation>
    </message>
    <message>
        <source>%1, %2, term %3, commit %4, lag %5, %6</source>
        <translation>%1, %2, Term %3, Commit %4, Rückstand %5, %6</translation>
    </message>
    <message>
        <source>term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>±%1</source>
        <translation>±%1</translation>
    </message>
</context>
<context>
    <name>NodeDrawer</name>
    <message>
        <source>What can be done with it</source>
        <translation>Was sich damit tun lässt</translation>
    </message>
    <message>
        <source>1 fault</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>%1 faults</source>
        <translation>%1 Fehler</translation>
    </message>
    <message>
        <source>Storage failed: %1</source>
        <translation>Speicher ausgefallen: %1</translation>
    </message>
    <message>
        <source>It acknowledges messages before a majority holds them (async).</source>
        <translation>Er bestätigt Nachrichten, bevor eine Mehrheit sie hat (async).</translation>
    </message>
    <message>
        <source>Consensus</source>
        <translation>Konsens</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Commit, applied</source>
        <translation>Commit, angewandt</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 zu %2</translation>
    </message>
    <message>
        <source>Behind the leader</source>
        <translation>Hinter dem Leader</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>Mode, quorum</source>
        <translation>Modus, Quorum</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Leitungen</translation>
    </message>
    <message>
        <source>It knows no other node.</source>
        <translation>Er kennt keinen anderen Knoten.</translation>
    </message>
    <message>
        <source>Work, clock and disk</source>
        <translation>Arbeit, Uhr und Platte</translation>
    </message>
    <message>
        <source>Acknowledged, applied per second</source>
        <translation>Bestätigt, angewandt je Sekunde</translation>
    </message>
    <message>
        <source>Latency p50, p99</source>
        <translation>Latenz p50, p99</translation>
    </message>
    <message>
        <source>Clock offset</source>
        <translation>Uhrversatz</translation>
    </message>
    <message>
        <source>Cluster time minus its own clock</source>
        <translation>Clusterzeit minus seine Uhr</translation>
    </message>
    <message>
        <source>Last sync of the disk</source>
        <translation>Letztes Sichern der Platte</translation>
    </message>
    <message>
        <source>Free on its disk</source>
        <translation>Frei auf seiner Platte</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Make leader</source>
        <translation>Zum Leader machen</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>Snapshot</translation>
    </message>
</context>
<context>
    <name>NodeFields</name>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Incarnation</source>
        <translation>Inkarnation</translation>
    </message>
    <message>
        <source>Of the data directory: another one means that the node began anew</source>
        <translation>Des Datenverzeichnisses: Eine andere heißt, dass der Knoten neu begann</translation>
    </message>
    <message>
        <source>Consensus</source>
        <translation>Konsens</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Nimmt an</translation>
    </message>
    <message>
        <source>Whether it takes messages: a leader that is ready</source>
        <translation>Ob er Nachrichten annimmt: ein Leader, der bereit ist</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>Voted for</source>
        <translation>Stimmte für</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Leader URL</source>
        <translation>URL des Leaders</translation>
    </message>
    <message>
        <source>Election timeout</source>
        <translation>Wahlfrist</translation>
    </message>
    <message>
        <source>Why it waits</source>
        <translation>Warum er wartet</translation>
    </message>
    <message>
        <source>Replication</source>
        <translation>Replikation</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>Quorum</source>
        <translation>Quorum</translation>
    </message>
    <message>
        <source>Effective quorum</source>
        <translation>Wirksames Quorum</translation>
    </message>
    <message>
        <source>How many disks must hold an entry with the voters of now</source>
        <translation>Wie viele Platten einen Eintrag bei den jetzigen Stimmen haben müssen</translation>
    </message>
    <message>
        <source>Committed seq</source>
        <translation>Festgeschrieben bis Nr.</translation>
    </message>
    <message>
        <source>Delivered seq</source>
        <translation>Ausgeliefert bis Nr.</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>Committed entries that it lacks, as the leader counts</source>
        <translation>Festgeschriebene Einträge, die ihm nach Zählung des Leaders fehlen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Commit index</source>
        <translation>Commit-Index</translation>
    </message>
    <message>
        <source>Applied index</source>
        <translation>Angewandter Index</translation>
    </message>
    <message>
        <source>Last index</source>
        <translation>Letzter Index</translation>
    </message>
    <message>
        <source>Durable index</source>
        <translation>Dauerhafter Index</translation>
    </message>
    <message>
        <source>First index</source>
        <translation>Erster Index</translation>
    </message>
    <message>
        <source>Snapshot index</source>
        <translation>Snapshot-Index</translation>
    </message>
    <message>
        <source>First seq kept</source>
        <translation>Erste behaltene Nr.</translation>
    </message>
    <message>
        <source>Messages kept</source>
        <translation>Behaltene Nachrichten</translation>
    </message>
    <message>
        <source>Bytes kept</source>
        <translation>Behaltene Bytes</translation>
    </message>
    <message>
        <source>State hash</source>
        <translation>Hash des Zustands</translation>
    </message>
    <message>
        <source>The same on nodes that have applied the same entries</source>
        <translation>Gleich auf Knoten, die dieselben Einträge angewandt haben</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Auslieferung</translation>
    </message>
    <message>
        <source>Store latency, mean</source>
        <translation>Speicherdauer, im Mittel</translation>
    </message>
    <message>
        <source>Correction, mean</source>
        <translation>Korrektur, im Mittel</translation>
    </message>
    <message>
        <source>By how much timestamps were moved</source>
        <translation>Um wie viel Zeitstempel verschoben wurden</translation>
    </message>
    <message>
        <source>Last recovery</source>
        <translation>Letzte Wiederherstellung</translation>
    </message>
    <message>
        <source>Acknowledged per second</source>
        <translation>Bestätigt je Sekunde</translation>
    </message>
    <message>
        <source>Applied per second</source>
        <translation>Angewandt je Sekunde</translation>
    </message>
    <message>
        <source>Latency p50</source>
        <translation>Latenz p50</translation>
    </message>
    <message>
        <source>Latency p95</source>
        <translation>Latenz p95</translation>
    </message>
    <message>
        <source>Latency p99</source>
        <translation>Latenz p99</translation>
    </message>
    <message>
        <source>Waiting for delivery</source>
        <translation>Warten auf Auslieferung</translation>
    </message>
    <message>
        <source>Waiting for their answer</source>
        <translation>Warten auf ihre Antwort</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Synchronised</source>
        <translation>Abgeglichen</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Cluster time minus the node&apos;s own clock</source>
        <translation>Clusterzeit minus Uhr des Knotens</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Last sync</source>
        <translation>Letzter Abgleich</translation>
    </message>
    <message>
        <source>Clock jumps</source>
        <translation>Uhrsprünge</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Sufficient</source>
        <translation>Reicht</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Reserve</source>
        <translation>Reserve</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Ausfall</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Subscribers</source>
        <translation>Abonnenten</translation>
    </message>
    <message>
        <source>Inboxes</source>
        <translation>Postfächer</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Since its start</source>
        <translation>Seit seinem Start</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Doppelte</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Entries applied</source>
        <translation>Angewandte Einträge</translation>
    </message>
    <message>
        <source>Messages delivered</source>
        <translation>Ausgelieferte Nachrichten</translation>
    </message>
    <message>
        <source>Elections</source>
        <translation>Wahlen</translation>
    </message>
    <message>
        <source>Elections won</source>
        <translation>Gewonnene Wahlen</translation>
    </message>
    <message>
        <source>Leader changes</source>
        <translation>Wechsel des Leaders</translation>
    </message>
    <message>
        <source>never heard</source>
        <translation>nie gehört</translation>
    </message>
    <message>
        <source>no sign for %1 s</source>
        <translation>kein Zeichen seit %1 s</translation>
    </message>
    <message>
        <source>hears it</source>
        <translation>hört ihn</translation>
    </message>
    <message>
        <source>hears it, %1 s ago</source>
        <translation>hört ihn, vor %1 s</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>er selbst</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>%1, heard</source>
        <translation>%1, gehört</translation>
    </message>
    <message>
        <source>%1, clock offset</source>
        <translation>%1, Uhrversatz</translation>
    </message>
    <message>
        <source>%1, clock delay</source>
        <translation>%1, Uhrverzögerung</translation>
    </message>
</context>
<context>
    <name>NodeHeaderCell</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>What can be done with %1</source>
        <translation>Was sich mit %1 tun lässt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>NodePicker</name>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>all nodes; pages read from %1</source>
        <translation>alle Knoten; Seiten lesen von %1</translation>
    </message>
    <message>
        <source>all nodes</source>
        <translation>alle Knoten</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>NodeRow</name>
    <message>
        <source>Coming back</source>
        <translation>Kommt zurück</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Pause %1 for 5 s?</source>
        <translation>%1 für 5 s anhalten?</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Kill %1?</source>
        <translation>%1 abschießen?</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Abschießen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, 1 fault</source>
        <translation>%1, 1 Fehler</translation>
    </message>
    <message>
        <source>%1, %2 faults</source>
        <translation>%1, %2 Fehler</translation>
    </message>
    <message>
        <source>Pause %1 for 5 s</source>
        <translation>%1 für 5 s anhalten</translation>
    </message>
    <message>
        <source>Kill %1: a process kill, not a power loss</source>
        <translation>%1 abschießen: ein Prozessabbruch, kein Stromausfall</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>NodeTableRow</name>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
</context>
<context>
    <name>NodeTableView</name>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Fields of the nodes</source>
        <translation>Felder der Knoten</translation>
    </message>
    <message>
        <source>The row was copied.</source>
        <translation>Die Zeile ist kopiert.</translation>
    </message>
    <message>
        <source>What should be the same on every node is the same.</source>
        <translation>Was auf jedem Knoten gleich sein soll, ist gleich.</translation>
    </message>
    <message>
        <source>No field has this in its name.</source>
        <translation>Kein Feld hat das im Namen.</translation>
    </message>
    <message>
        <source>No differences</source>
        <translation>Keine Unterschiede</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>NodesPage</name>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>What the nodes say of themselves, side by side. What should be the same and is not has a mark.</source>
        <translation>Was die Knoten von sich sagen, nebeneinander. Was gleich sein soll und es nicht ist, trägt eine Marke.</translation>
    </message>
    <message>
        <source>Auto-refresh</source>
        <translation>Von selbst aktualisieren</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Asks every node for its status now</source>
        <translation>Fragt jetzt jeden Knoten nach seinem Status</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>Einen Knoten aufnehmen</translation>
    </message>
    <message>
        <source>Find a field</source>
        <translation>Ein Feld suchen</translation>
    </message>
    <message>
        <source>Only differences</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>The nodes agree</source>
        <translation>Die Knoten sind sich einig</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) differ</source>
        <translation>
            <numerusform>%n Feld unterscheidet sich</numerusform>
            <numerusform>%n Felder unterscheiden sich</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NodesPanel</name>
    <message>
        <source>local cluster</source>
        <translation>lokaler Cluster</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Delete the local cluster?</source>
        <translation>Den lokalen Cluster löschen?</translation>
    </message>
    <message>
        <source>Its nodes are stopped and everything they stored is deleted. This cannot be undone.</source>
        <translation>Seine Knoten werden angehalten, und alles Gespeicherte wird gelöscht. Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>The local cluster</source>
        <translation>Der lokale Cluster</translation>
    </message>
    <message>
        <source>Stop the cluster</source>
        <translation>Cluster anhalten</translation>
    </message>
    <message>
        <source>Stop it and delete its messages</source>
        <translation>Anhalten und seine Nachrichten löschen</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A number, please.</source>
        <translation>Bitte eine Zahl.</translation>
    </message>
    <message>
        <source>Between %1 and %2.</source>
        <translation>Zwischen %1 und %2.</translation>
    </message>
</context>
<context>
    <name>OrderingPage</name>
    <message>
        <source>Ordering</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>A message waits until cluster time has passed its own by the window, so that what was sent earlier can come before it.</source>
        <translation>Eine Nachricht wartet, bis die Clusterzeit ihre eigene um das Fenster überschritten hat, damit früher Gesendetes davor kommen kann.</translation>
    </message>
</context>
<context>
    <name>OverviewEvents</name>
    <message>
        <source>The last events</source>
        <translation>Die letzten Ereignisse</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>Noch ist nichts geschehen.</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Ask every node now</source>
        <translation>Jetzt jeden Knoten fragen</translation>
    </message>
    <message>
        <source>Auto-refresh</source>
        <translation>Von selbst aktualisieren</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>/s</source>
        <translation>/s</translation>
    </message>
    <message>
        <source>Acknowledged a second, the last minute</source>
        <translation>Bestätigt je Sekunde, letzte Minute</translation>
    </message>
    <message>
        <source>Latency, p99</source>
        <translation>Latenz, p99</translation>
    </message>
    <message>
        <source>p50 %1</source>
        <translation>p50 %1</translation>
    </message>
    <message>
        <source>p99 of the latency in ms, the last minute</source>
        <translation>p99 der Latenz in ms, letzte Minute</translation>
    </message>
    <message>
        <source>Worst lag</source>
        <translation>Größter Rückstand</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Worst lag in entries, the last minute</source>
        <translation>Größter Rückstand in Einträgen, letzte Minute</translation>
    </message>
    <message>
        <source>Worst clock bound</source>
        <translation>Größte Uhrschranke</translation>
    </message>
    <message>
        <source>Worst clock bound in ms, the last minute</source>
        <translation>Größte Uhrschranke in ms, letzte Minute</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All events, on the time axis</source>
        <translation>Alle Ereignisse, auf der Zeitachse</translation>
    </message>
    <message>
        <source>Last deliveries</source>
        <translation>Letzte Auslieferungen</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Alle Nachrichten</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Eine Nachricht senden</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>How the cluster is, at one look</source>
        <translation>Wie es dem Cluster geht, auf einen Blick</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Leader, votes and logs, live and replayed</source>
        <translation>Leader, Stimmen und Logs, live und als Wiederholung</translation>
    </message>
    <message>
        <source>Raft</source>
        <translation>Raft</translation>
    </message>
    <message>
        <source>Read, search and export the log</source>
        <translation>Das Log lesen, durchsuchen und exportieren</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Send, templates, import, load</source>
        <translation>Senden, Vorlagen, Import, Last</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Throughput, latency, lag and clocks over time</source>
        <translation>Durchsatz, Latenz, Rückstand und Uhren im Verlauf</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Offsets, bounds and corrections</source>
        <translation>Versatz, Schranken und Korrekturen</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>What waits for its delivery</source>
        <translation>Was auf seine Auslieferung wartet</translation>
    </message>
    <message>
        <source>Ordering</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Break it on purpose, and see</source>
        <translation>Absichtlich stören und zusehen</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Every figure of every node</source>
        <translation>Jede Zahl jedes Knotens</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Look, behaviour, profiles</source>
        <translation>Aussehen, Verhalten, Profile</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>PayloadTemplate</name>
    <message>
        <source>the closing }} is missing; two braces that are no variable are \{{</source>
        <translation>die schließenden }} fehlen; zwei Klammern, die keine Variable sind, schreibt man \{{</translation>
    </message>
    <message>
        <source>there is no variable &apos;%1&apos;; known are %2 and your own</source>
        <translation>eine Variable „%1“ gibt es nicht; bekannt sind %2 und die eigenen</translation>
    </message>
    <message>
        <source>&apos;%1&apos; takes nothing after its name</source>
        <translation>nach „%1“ darf nichts stehen</translation>
    </message>
    <message>
        <source>&apos;random&apos; takes two whole numbers, the lesser first: {{random 1 100}}</source>
        <translation>„random“ braucht zwei ganze Zahlen, die kleinere zuerst: {{random 1 100}}</translation>
    </message>
    <message>
        <source>&apos;pick&apos; takes what to choose from: {{pick a|b|c}}</source>
        <translation>„pick“ braucht etwas zur Auswahl: {{pick a|b|c}}</translation>
    </message>
    <message>
        <source>&apos;fill&apos; takes how many letters, 1 to %1: {{fill 64}}</source>
        <translation>„fill“ braucht eine Anzahl Buchstaben, 1 bis %1: {{fill 64}}</translation>
    </message>
    <message>
        <source>the message&apos;s number, from 1</source>
        <translation>die Nummer der Nachricht, von 1 an</translation>
    </message>
    <message>
        <source>a new UUID</source>
        <translation>eine neue UUID</translation>
    </message>
    <message>
        <source>the time, in seconds since 1970</source>
        <translation>die Zeit, in Sekunden seit 1970</translation>
    </message>
    <message>
        <source>the time, by ISO 8601</source>
        <translation>die Zeit, nach ISO 8601</translation>
    </message>
    <message>
        <source>a whole number from 1 to 100</source>
        <translation>eine ganze Zahl von 1 bis 100</translation>
    </message>
    <message>
        <source>one of these</source>
        <translation>eines davon</translation>
    </message>
    <message>
        <source>64 letters</source>
        <translation>64 Buchstaben</translation>
    </message>
</context>
<context>
    <name>PayloadView</name>
    <message>
        <source>Pretty</source>
        <translation>Schön</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Hex</source>
        <translation>Hex</translation>
    </message>
    <message>
        <source>View of the payload</source>
        <translation>Ansicht des Inhalts</translation>
    </message>
    <message>
        <source>Copy the payload in this form, all of it</source>
        <translation>Den ganzen Inhalt in dieser Form kopieren</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>The beginning is shown; copying takes all of it.</source>
        <translation>Zu sehen ist der Anfang; kopiert wird alles.</translation>
    </message>
</context>
<context>
    <name>PeerDrawer</name>
    <message>
        <source>They hear each other.</source>
        <translation>Sie hören einander.</translation>
    </message>
    <message>
        <source>%1 and %2 cannot reach each other.</source>
        <translation>%1 und %2 erreichen einander nicht.</translation>
    </message>
    <message>
        <source>%1 hears %2, but is not heard by it.</source>
        <translation>%1 hört %2, wird aber von ihm nicht gehört.</translation>
    </message>
    <message>
        <source>%1 does not hear %2, but is heard by it.</source>
        <translation>%1 hört %2 nicht, wird aber von ihm gehört.</translation>
    </message>
    <message>
        <source>What %1 sees</source>
        <translation>Was %1 sieht</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>Gehört</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Zuletzt gehört</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlauf</translation>
    </message>
    <message>
        <source>Clock offset</source>
        <translation>Uhrversatz</translation>
    </message>
    <message>
        <source>Its clock minus that of %1</source>
        <translation>Seine Uhr minus die von %1</translation>
    </message>
    <message>
        <source>Delay of the clock exchange</source>
        <translation>Verzögerung des Uhrenvergleichs</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>Stimmt ab</translation>
    </message>
    <message>
        <source>no, a learner</source>
        <translation>nein, ein Learner</translation>
    </message>
    <message>
        <source>known to the leader only</source>
        <translation>nur dem Leader bekannt</translation>
    </message>
    <message>
        <source>Replication</source>
        <translation>Replikation</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Has, next</source>
        <translation>Hat, nächster</translation>
    </message>
    <message>
        <source>The last entry it is known to have (match), and the next to be sent</source>
        <translation>Der letzte Eintrag, den er sicher hat (match), und der nächste, der geschickt wird</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 Einträge</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>Letzte Antwort</translation>
    </message>
    <message>
        <source>Show this node</source>
        <translation>Diesen Knoten zeigen</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>Der Rückweg</translation>
    </message>
</context>
<context>
    <name>PeerRow</name>
    <message>
        <source>never heard</source>
        <translation>nie gehört</translation>
    </message>
    <message>
        <source>no sign for %1</source>
        <translation>kein Zeichen seit %1</translation>
    </message>
    <message>
        <source>%1 behind, %2</source>
        <translation>%1 zurück, %2</translation>
    </message>
    <message>
        <source>Link to %1: %2, %3</source>
        <translation>Leitung zu %1: %2, %3</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>nicht gehört</translation>
    </message>
    <message>
        <source>%1 (learner)</source>
        <translation>%1 (Learner)</translation>
    </message>
</context>
<context>
    <name>PlaceChip</name>
    <message>
        <source>After</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>In the log: %1 to %2</source>
        <translation>Im Log: %1 bis %2</translation>
    </message>
    <message>
        <source>Delivery seq</source>
        <translation>Auslieferungsnummer</translation>
    </message>
    <message>
        <source>Seq</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Only after it</source>
        <translation>Nur danach</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>Messages that are asked for at a time</source>
        <translation>Nachrichten, nach denen auf einmal gefragt wird</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
</context>
<context>
    <name>ProfilePicker</name>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Connect to another cluster…</source>
        <translation>Mit einem anderen Cluster verbinden …</translation>
    </message>
    <message>
        <source>Keep this one as a profile…</source>
        <translation>Diesen als Profil behalten …</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
</context>
<context>
    <name>ProfilesPanel</name>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Clusters by name</source>
        <translation>Cluster mit Namen</translation>
    </message>
    <message>
        <source>No profiles yet. Give a cluster a name and a colour when you connect, and it is kept here.</source>
        <translation>Noch keine Profile. Wer einem Cluster beim Verbinden Namen und Farbe gibt, findet ihn hier wieder.</translation>
    </message>
    <message>
        <source>%1 (connected)</source>
        <translation>%1 (verbunden)</translation>
    </message>
    <message>
        <source>%1, last used %2</source>
        <translation>%1, zuletzt benutzt %2</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>Mit %1 verbinden</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Connect to a cluster…</source>
        <translation>Mit einem Cluster verbinden …</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>PublishPage</name>
    <message>
        <source>Send one message, a file of them, or as many as the cluster can take.</source>
        <translation>Eine Nachricht senden, eine Datei voll, oder so viele, wie der Cluster nehmen kann.</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>What is on the right</source>
        <translation>Was rechts steht</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Enter</translation>
    </message>
    <message>
        <source>Write JSON or text</source>
        <translation>JSON oder Text schreiben</translation>
    </message>
    <message>
        <source>Import messages from a file</source>
        <translation>Nachrichten aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Generate load</source>
        <translation>Last erzeugen</translation>
    </message>
    <message>
        <source>Stop the load</source>
        <translation>Last anhalten</translation>
    </message>
</context>
<context>
    <name>PulseLegend</name>
    <message>
        <source>entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>AppendEntries: the leader sends log entries. A larger one stands for several.</source>
        <translation>AppendEntries: Der Leader schickt Log-Einträge. Ein größerer Punkt steht für mehrere.</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>A follower has the entries on its disk. With a majority they are committed.</source>
        <translation>Ein Follower hat die Einträge auf seiner Platte. Mit einer Mehrheit sind sie festgeschrieben.</translation>
    </message>
    <message>
        <source>heartbeat</source>
        <translation>Herzschlag</translation>
    </message>
    <message>
        <source>An empty AppendEntries: the leader is there, election timers begin anew.</source>
        <translation>Ein leeres AppendEntries: Der Leader ist da, Wahluhren beginnen von vorn.</translation>
    </message>
    <message>
        <source>asks for a vote</source>
        <translation>bittet um eine Stimme</translation>
    </message>
    <message>
        <source>RequestVote: a node whose timer ran out asks to lead the next term.</source>
        <translation>RequestVote: Ein Knoten, dessen Uhr ablief, will den nächsten Term führen.</translation>
    </message>
    <message>
        <source>vote</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>A vote given. Each node gives one a term; a majority makes a leader.</source>
        <translation>Eine abgegebene Stimme. Jeder Knoten hat eine je Term; eine Mehrheit macht einen Leader.</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>Entries that do not fit the follower&apos;s log, or a vote not given.</source>
        <translation>Einträge, die nicht zum Log des Followers passen, oder eine verweigerte Stimme.</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>Snapshot</translation>
    </message>
    <message>
        <source>A follower that needs entries which are gone gets the whole state.</source>
        <translation>Ein Follower, der Einträge braucht, die es nicht mehr gibt, bekommt den ganzen Zustand.</translation>
    </message>
    <message>
        <source>What is shown between the nodes</source>
        <translation>Was zwischen den Knoten zu sehen ist</translation>
    </message>
</context>
<context>
    <name>QuickSend</name>
    <message>
        <source>Recipient</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Sends it to the leader; Return in the message does the same</source>
        <translation>Sendet sie an den Leader; die Eingabetaste in der Nachricht tut dasselbe</translation>
    </message>
    <message>
        <source>The receipt shows which disks hold the message.</source>
        <translation>Die Quittung sagt, welche Platten die Nachricht haben.</translation>
    </message>
</context>
<context>
    <name>QuorumRisk</name>
    <message>
        <source>%1 of %2 nodes would remain (%3); %4 are needed. The cluster goes on.</source>
        <translation>%1 von %2 Knoten blieben übrig (%3); %4 werden gebraucht. Der Cluster macht weiter.</translation>
    </message>
    <message>
        <source>Nothing can be sent until that ends. What is acknowledged stays.</source>
        <translation>Bis das endet, lässt sich nichts senden. Was bestätigt ist, bleibt.</translation>
    </message>
    <message>
        <source>None of %1 nodes would remain. %2</source>
        <translation>Keiner von %1 Knoten bliebe übrig. %2</translation>
    </message>
    <message>
        <source>Only %1 of %2 nodes would still talk to each other (%3), and %4 are needed. %5</source>
        <translation>Nur %1 von %2 Knoten könnten noch miteinander sprechen (%3), und %4 werden gebraucht. %5</translation>
    </message>
</context>
<context>
    <name>RaftPage</name>
    <message>
        <source>%1 is not among the connected nodes, so there is nothing more to see of it.</source>
        <translation>%1 ist nicht unter den verbundenen Knoten; mehr ist davon nicht zu sehen.</translation>
    </message>
    <message>
        <source>Raft</source>
        <translation>Raft</translation>
    </message>
    <message>
        <source>What the words mean</source>
        <translation>Was die Wörter bedeuten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Replay a recording from a file</source>
        <translation>Eine Aufzeichnung aus einer Datei abspielen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Write the last ten minutes to a file</source>
        <translation>Die letzten zehn Minuten in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Open a recording of the scope</source>
        <translation>Eine Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Recordings (*.jsonl)</source>
        <translation>Aufzeichnungen (*.jsonl)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the recording of the scope</source>
        <translation>Die Aufzeichnung speichern</translation>
    </message>
    <message>
        <source>Nothing heard yet</source>
        <translation>Noch nichts gehört</translation>
    </message>
    <message>
        <source>The scope shows a node as soon as its event stream has begun.</source>
        <translation>Ein Knoten erscheint, sobald sein Ereignisstrom begonnen hat.</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Logs</translation>
    </message>
    <message>
        <source>newest entries on the right</source>
        <translation>neueste Einträge rechts</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>up to the shown moment</source>
        <translation>bis zum gezeigten Moment</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>dsmsg</source>
        <translation>dsmsg</translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
</context>
<context>
    <name>ReceiptCard</name>
    <message>
        <source>Sending</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Sende …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Message id %1</source>
        <translation>Nachrichten-Id %1</translation>
    </message>
    <message>
        <source>Copy the message id</source>
        <translation>Nachrichten-Id kopieren</translation>
    </message>
    <message>
        <source>Send again, same id</source>
        <translation>Noch einmal senden, selbe Id</translation>
    </message>
    <message>
        <source>Show #%1</source>
        <translation>#%1 zeigen</translation>
    </message>
</context>
<context>
    <name>ReceiptLine</name>
    <message>
        <source>Sending…</source>
        <translation>Sende …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send again, same id</source>
        <translation>Noch einmal senden, selbe Id</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Shows message #%1</source>
        <translation>Zeigt Nachricht #%1</translation>
    </message>
</context>
<context>
    <name>ReceiptText</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 does not lead and sent it on to %2.</source>
        <translation>%1 führt nicht und gab sie an %2 weiter.</translation>
    </message>
    <message>
        <source>on disk on %1</source>
        <translation>auf der Platte von %1</translation>
    </message>
    <message>
        <source>the node does not say on which disks</source>
        <translation>der Knoten sagt nicht, auf welchen Platten</translation>
    </message>
    <message>
        <source>Term %1, index %2.</source>
        <translation>Term %1, Index %2.</translation>
    </message>
    <message>
        <source>duplicate of #%1, nothing new stored, %2</source>
        <translation>doppelt zu #%1, nichts Neues gespeichert, %2</translation>
    </message>
    <message>
        <source>Duplicate of #%1</source>
        <translation>Doppelt zu #%1</translation>
    </message>
    <message>
        <source>This id was known. Nothing was stored now; the first payload stands.</source>
        <translation>Diese Id war bekannt. Jetzt wurde nichts gespeichert; der erste Inhalt gilt.</translation>
    </message>
    <message>
        <source>To store another message, send it with a new id.</source>
        <translation>Um eine weitere Nachricht zu speichern, mit neuer Id senden.</translation>
    </message>
    <message>
        <source>acknowledged before majority</source>
        <translation>vor der Mehrheit bestätigt</translation>
    </message>
    <message>
        <source>#%1 is acknowledged before majority</source>
        <translation>#%1 ist vor der Mehrheit bestätigt</translation>
    </message>
    <message>
        <source>It is lost if that node is lost before a majority has it. Ask for &quot;quorum&quot; to wait for the majority.</source>
        <translation>Sie ist verloren, wenn dieser Knoten verloren geht, bevor eine Mehrheit sie hat. Mit „quorum“ wird auf die Mehrheit gewartet.</translation>
    </message>
    <message>
        <source>#%1 is stored</source>
        <translation>#%1 ist gespeichert</translation>
    </message>
    <message>
        <source>cancelled, may be stored</source>
        <translation>abgebrochen, vielleicht gespeichert</translation>
    </message>
    <message>
        <source>Cancelled; it may be stored</source>
        <translation>Abgebrochen; vielleicht ist sie gespeichert</translation>
    </message>
    <message>
        <source>It was on its way for %1 and no answer had come.</source>
        <translation>Sie war %1 unterwegs, und keine Antwort war gekommen.</translation>
    </message>
    <message>
        <source>Send it again with the same id: an id is stored once, whatever happened to this one.</source>
        <translation>Mit derselben Id noch einmal senden: Eine Id wird einmal gespeichert, was auch immer mit dieser geschah.</translation>
    </message>
    <message>
        <source>#%1, committed, on fewer disks than asked for, %2</source>
        <translation>#%1, festgeschrieben, auf weniger Platten als verlangt, %2</translation>
    </message>
    <message>
        <source>#%1 is committed, on fewer disks than asked for</source>
        <translation>#%1 ist festgeschrieben, auf weniger Platten als verlangt</translation>
    </message>
    <message>
        <source>A majority holds it, so it will not be lost.</source>
        <translation>Eine Mehrheit hat sie, sie geht also nicht verloren.</translation>
    </message>
    <message>
        <source>Nothing to do; do not send it again.</source>
        <translation>Nichts zu tun; nicht noch einmal senden.</translation>
    </message>
    <message>
        <source>not stored: %1</source>
        <translation>nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 Given up after %2.</source>
        <translation>%1 Aufgegeben nach %2.</translation>
    </message>
    <message>
        <source>Send it again when the cluster can take it.</source>
        <translation>Noch einmal senden, wenn der Cluster sie nehmen kann.</translation>
    </message>
    <message>
        <source>may be stored: %1</source>
        <translation>vielleicht gespeichert: %1</translation>
    </message>
    <message>
        <source>It may be stored</source>
        <translation>Vielleicht ist sie gespeichert</translation>
    </message>
    <message>
        <source>%1 No certain answer within %2.</source>
        <translation>%1 Keine sichere Antwort innerhalb von %2.</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>abgelehnt: %1</translation>
    </message>
    <message>
        <source>Refused, not stored</source>
        <translation>Abgelehnt, nicht gespeichert</translation>
    </message>
    <message>
        <source>The cluster will not take this message as it is. Change it, then send it.</source>
        <translation>So nimmt der Cluster diese Nachricht nicht. Ändern, dann senden.</translation>
    </message>
</context>
<context>
    <name>RedirectNote</name>
    <message>
        <source>redirected</source>
        <translation>weitergeleitet</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>since the last one</source>
        <translation>seit der letzten</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>Ausgang unbekannt</translation>
    </message>
    <message>
        <source>Senders wait: nobody acknowledges right now.</source>
        <translation>Absender warten: Gerade bestätigt niemand.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>Scenario</name>
    <message>
        <source>Heal everything</source>
        <translation>Alles heilen</translation>
    </message>
    <message>
        <source>the leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>a follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>another follower</source>
        <translation>anderer Follower</translation>
    </message>
    <message>
        <source>a minority</source>
        <translation>Minderheit</translation>
    </message>
    <message>
        <source>every node</source>
        <translation>alle Knoten</translation>
    </message>
    <message>
        <source>the same node</source>
        <translation>Knoten von eben</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>%1 abschießen</translation>
    </message>
    <message>
        <source>Start %1 again</source>
        <translation>%1 wieder starten</translation>
    </message>
</context>
<context>
    <name>ScenarioEditor</name>
    <message>
        <source>An own scenario</source>
        <translation>Ein eigenes Szenario</translation>
    </message>
    <message>
        <source>Edit the scenario</source>
        <translation>Szenario bearbeiten</translation>
    </message>
    <message>
        <source>Steps name nodes by what they are: leader, follower, other follower, minority, everybody, an id, or an earlier “as”. Give it another name to keep both.</source>
        <translation>Schritte nennen Knoten nach dem, was sie sind: leader, follower, other follower, minority, everybody, eine Id oder ein früheres „as“. Unter anderem Namen bleiben beide.</translation>
    </message>
    <message>
        <source>Scenario as JSON</source>
        <translation>Szenario als JSON</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>ScenarioPanel</name>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Edit this scenario</source>
        <translation>Dieses Szenario bearbeiten</translation>
    </message>
    <message>
        <source>Make an own scenario from this one</source>
        <translation>Daraus ein eigenes Szenario machen</translation>
    </message>
    <message>
        <source>Delete this scenario</source>
        <translation>Dieses Szenario löschen</translation>
    </message>
    <message>
        <source>Break it</source>
        <translation>Stören</translation>
    </message>
    <message>
        <source>Runs this under load, heals everything, reads every node back and gives a verdict</source>
        <translation>Spielt es unter Last ab, heilt alles, liest jeden Knoten zurück und urteilt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>It kills a process, and only nodes of a local cluster can be killed from here. “Pause the leader” comes close.</source>
        <translation>Es schießt einen Prozess ab, und von hier geht das nur mit Knoten eines lokalen Clusters. „Leader anhalten“ kommt dem nahe.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>%1 s at %2 messages a second</source>
        <translation>%1 s mit %2 Nachrichten je Sekunde</translation>
    </message>
    <message>
        <source>Inject without load</source>
        <translation>Ohne Last einspeisen</translation>
    </message>
    <message>
        <source>Only the steps: no load, no verdict</source>
        <translation>Nur die Schritte: keine Last, kein Urteil</translation>
    </message>
</context>
<context>
    <name>Scenarios</name>
    <message>
        <source>Kill the leader</source>
        <translation>Leader abschießen</translation>
    </message>
    <message>
        <source>The leader&apos;s process dies in the middle of its work. The others elect a new one, and the dead one comes back.</source>
        <translation>Der Prozess des Leaders stirbt mitten in der Arbeit. Die anderen wählen einen neuen, und der tote kommt zurück.</translation>
    </message>
    <message>
        <source>Cut the leader off</source>
        <translation>Leader abschneiden</translation>
    </message>
    <message>
        <source>The leader still runs and still believes it leads, but nobody hears it. What it promises meanwhile must not be lost.</source>
        <translation>Der Leader läuft noch und glaubt noch zu führen, aber niemand hört ihn. Was er dabei verspricht, darf nicht verloren gehen.</translation>
    </message>
    <message>
        <source>Split off a minority</source>
        <translation>Eine Minderheit abspalten</translation>
    </message>
    <message>
        <source>A minority without the leader is cut off. The rest goes on as if nothing had happened.</source>
        <translation>Eine Minderheit ohne den Leader wird abgeschnitten. Der Rest macht weiter, als wäre nichts.</translation>
    </message>
    <message>
        <source>One deaf ear</source>
        <translation>Ein taubes Ohr</translation>
    </message>
    <message>
        <source>A follower hears nothing but can still speak: it wants to be elected and must not disturb the others.</source>
        <translation>Ein Follower hört nichts, kann aber noch sprechen: Er will gewählt werden und darf die anderen nicht stören.</translation>
    </message>
    <message>
        <source>Pause the leader for 5 s</source>
        <translation>Leader 5 s anhalten</translation>
    </message>
    <message>
        <source>The leader stands still and wakes up as one who was replaced. It must notice before it says anything.</source>
        <translation>Der Leader steht still und wacht als Abgelöster auf. Das muss er merken, bevor er etwas sagt.</translation>
    </message>
    <message>
        <source>Lossy and slow links</source>
        <translation>Verlust und langsame Leitungen</translation>
    </message>
    <message>
        <source>A tenth of what nodes say, and of what they hear, is lost, and what arrives is late.</source>
        <translation>Ein Zehntel dessen, was Knoten sagen und hören, geht verloren, und was ankommt, ist spät.</translation>
    </message>
    <message>
        <source>Slow disk on the leader</source>
        <translation>Langsame Platte beim Leader</translation>
    </message>
    <message>
        <source>Each sync of the leader&apos;s disk takes 200 ms longer. Its followers are faster than it is.</source>
        <translation>Jedes Sichern auf der Platte des Leaders dauert 200 ms länger. Seine Follower sind schneller als er.</translation>
    </message>
    <message>
        <source>Full disk on a follower</source>
        <translation>Volle Platte bei einem Follower</translation>
    </message>
    <message>
        <source>A follower can write nothing more. It must neither lie nor die, and catch up when there is room again.</source>
        <translation>Ein Follower kann nichts mehr schreiben. Er darf weder lügen noch sterben und muss aufholen, wenn wieder Platz ist.</translation>
    </message>
    <message>
        <source>fsync fails on one node</source>
        <translation>fsync scheitert auf einem Knoten</translation>
    </message>
    <message>
        <source>A disk that lies once is not trusted again: the node stops writing for good, until it is started anew.</source>
        <translation>Einer Platte, die einmal lügt, wird nicht mehr getraut: Der Knoten schreibt nicht mehr, bis er neu gestartet wird.</translation>
    </message>
    <message>
        <source>One clock 2 s off</source>
        <translation>Eine Uhr geht 2 s falsch</translation>
    </message>
    <message>
        <source>A follower&apos;s clock jumps ahead by two seconds. Order and elections must not care.</source>
        <translation>Die Uhr eines Followers springt zwei Sekunden vor. Reihenfolge und Wahlen darf das nicht kümmern.</translation>
    </message>
    <message>
        <source>Everything at once</source>
        <translation>Alles auf einmal</translation>
    </message>
    <message>
        <source>A dead leader, a cut, a slow disk and lossy links one after another, with no time to recover.</source>
        <translation>Ein toter Leader, ein Schnitt, eine langsame Platte und verlustreiche Leitungen nacheinander, ohne Zeit zur Erholung.</translation>
    </message>
</context>
<context>
    <name>ScopeControls</name>
    <message>
        <source>To what happened before</source>
        <translation>Zum vorigen Ereignis</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>To what happened next</source>
        <translation>Zum nächsten Ereignis</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>1×</source>
        <translation>1×</translation>
    </message>
    <message>
        <source>1/4</source>
        <translation>1/4</translation>
    </message>
    <message>
        <source>1/20</source>
        <translation>1/20</translation>
    </message>
    <message>
        <source>live, half a second behind</source>
        <translation>live, eine halbe Sekunde zurück</translation>
    </message>
    <message>
        <source>%1 before the end</source>
        <translation>%1 vor dem Ende</translation>
    </message>
    <message>
        <source>paused, %1 before the end</source>
        <translation>angehalten, %1 vor dem Ende</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Close the file</source>
        <translation>Datei schließen</translation>
    </message>
</context>
<context>
    <name>ScopeEventList</name>
    <message>
        <source>What happened up to this moment</source>
        <translation>Was bis zu diesem Moment geschah</translation>
    </message>
    <message>
        <source>Nothing happened before this moment.</source>
        <translation>Vor diesem Moment geschah nichts.</translation>
    </message>
</context>
<context>
    <name>ScopeFile</name>
    <message>
        <source>This is not a recording of the scope: its first line does not say so.</source>
        <translation>Das ist keine Aufzeichnung: Die erste Zeile sagt es nicht.</translation>
    </message>
    <message>
        <source>This recording has version %1, this program reads up to %2: open it with a newer one.</source>
        <translation>Diese Aufzeichnung hat Version %1, dieses Programm liest bis %2: mit einem neueren öffnen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. What was there before is unchanged.</source>
        <translation>%1 lässt sich nicht schreiben: %2. Was vorher dort stand, ist unverändert.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>%1 has %2 MB, more than a recording can have.</source>
        <translation>%1 hat %2 MB, mehr als eine Aufzeichnung haben kann.</translation>
    </message>
    <message>
        <source>Line %1 is neither a sample nor an event: the file is damaged.</source>
        <translation>Zeile %1 ist weder Messung noch Ereignis: Die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>There is no sample in this recording, so there is nothing to show.</source>
        <translation>In dieser Aufzeichnung ist keine Messung, also gibt es nichts zu zeigen.</translation>
    </message>
</context>
<context>
    <name>ScopeRing</name>
    <message>
        <source>The cluster&apos;s nodes and the links between them</source>
        <translation>Die Knoten des Clusters und ihre Leitungen</translation>
    </message>
</context>
<context>
    <name>ScrubBar</name>
    <message>
        <source>Shown moment: %1, %2 before the end</source>
        <translation>Gezeigter Moment: %1, %2 vor dem Ende</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Every change applies at once.</source>
        <translation>Jede Änderung gilt sofort.</translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>%1: no values yet</source>
        <translation>%1: noch keine Werte</translation>
    </message>
    <message>
        <source>%1: between %2 and %3</source>
        <translation>%1: zwischen %2 und %3</translation>
    </message>
</context>
<context>
    <name>Staleness</name>
    <message>
        <source>never heard</source>
        <translation>nie gehört</translation>
    </message>
    <message>
        <source>last known</source>
        <translation>zuletzt bekannt</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>Real nodes inside this application, with their data on your disk. Nothing to install or configure.</source>
        <translation>Echte Knoten in dieser Anwendung, mit ihren Daten auf dieser Festplatte. Nichts zu installieren oder einzurichten.</translation>
    </message>
    <message>
        <source>Start a local cluster</source>
        <translation>Lokalen Cluster starten</translation>
    </message>
    <message>
        <source>Kept between starts</source>
        <translation>Bleibt zwischen Starts erhalten</translation>
    </message>
    <message>
        <source>Open to curl and others</source>
        <translation>Offen für curl und andere</translation>
    </message>
    <message>
        <source>Takes every fault there is</source>
        <translation>Nimmt jeden Fehler an, den es gibt</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 Knoten</translation>
    </message>
    <message>
        <source>3 nodes</source>
        <translation>3 Knoten</translation>
    </message>
    <message>
        <source>5 nodes</source>
        <translation>5 Knoten</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>None may fail.</source>
        <translation>Keiner darf ausfallen.</translation>
    </message>
    <message>
        <source>One may fail.</source>
        <translation>Einer darf ausfallen.</translation>
    </message>
    <message>
        <source>Two may fail.</source>
        <translation>Zwei dürfen ausfallen.</translation>
    </message>
    <message>
        <source>Start 1 node</source>
        <translation>1 Knoten starten</translation>
    </message>
    <message>
        <source>Start 3 nodes</source>
        <translation>3 Knoten starten</translation>
    </message>
    <message>
        <source>Start 5 nodes</source>
        <translation>5 Knoten starten</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
</context>
<context>
    <name>StateBanner</name>
    <message>
        <source>Refreshing is off: what you see ages.</source>
        <translation>Aktualisieren ist aus: Was zu sehen ist, altert.</translation>
    </message>
    <message>
        <source>Turn it on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Show nodes</source>
        <translation>Knoten zeigen</translation>
    </message>
</context>
<context>
    <name>StateView</name>
    <message>
        <source>Connecting</source>
        <translation>Verbinde</translation>
    </message>
    <message>
        <source>These nodes belong to different clusters</source>
        <translation>Diese Knoten gehören zu verschiedenen Clustern</translation>
    </message>
    <message>
        <source>Something else answers there</source>
        <translation>Dort antwortet etwas anderes</translation>
    </message>
    <message>
        <source>The node does not let the monitor in</source>
        <translation>Der Knoten lässt den Monitor nicht hinein</translation>
    </message>
    <message>
        <source>The node speaks another version</source>
        <translation>Der Knoten spricht eine andere Version</translation>
    </message>
    <message>
        <source>The nodes have fallen silent</source>
        <translation>Die Knoten sind verstummt</translation>
    </message>
    <message>
        <source>No node answers</source>
        <translation>Kein Knoten antwortet</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>asked, no answer yet</source>
        <translation>gefragt, noch keine Antwort</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Connect to another cluster…</source>
        <translation>Mit einem anderen Cluster verbinden …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
</context>
<context>
    <name>StatusAnswer</name>
    <message>
        <source>No connection: %1. Is the node running, and is the address right?</source>
        <translation>Keine Verbindung: %1. Läuft der Knoten, und stimmt die Adresse?</translation>
    </message>
    <message>
        <source>What answers there does not speak HTTP. Check the address and the port.</source>
        <translation>Was dort antwortet, spricht kein HTTP. Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>It does not answer: %1.</source>
        <translation>Er antwortet nicht: %1.</translation>
    </message>
    <message>
        <source>It refuses us (HTTP %1). A proxy in front of it may want a password: use the node&apos;s own address.</source>
        <translation>Er weist uns ab (HTTP %1). Vielleicht will ein Proxy davor ein Passwort: die eigene Adresse des Knotens nehmen.</translation>
    </message>
    <message>
        <source>It cannot answer now (HTTP %1).</source>
        <translation>Er kann jetzt nicht antworten (HTTP %1).</translation>
    </message>
    <message>
        <source>What answers there is no dsmsg node. Check the address and the port.</source>
        <translation>Was dort antwortet, ist kein dsmsg-Knoten. Adresse und Port prüfen.</translation>
    </message>
    <message>
        <source>It runs dsmsg %1, this monitor is %2. Use a monitor of the same major version.</source>
        <translation>Dort läuft dsmsg %1, dieser Monitor ist %2. Einen Monitor derselben Hauptversion nehmen.</translation>
    </message>
    <message>
        <source>without a version</source>
        <translation>ohne Version</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>At %1 s: %2. %3</source>
        <translation>Bei %1 s: %2. %3</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>TailControl</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Paused · %1 new</source>
        <translation>Angehalten · %1 neu</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Hold the list still (Space)</source>
        <translation>Die Liste festhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Go to the newest and follow (Space)</source>
        <translation>Zur neuesten gehen und folgen (Leertaste)</translation>
    </message>
</context>
<context>
    <name>TemplateRow</name>
    <message>
        <source>Take template %1</source>
        <translation>Vorlage %1 nehmen</translation>
    </message>
    <message>
        <source>New name of %1</source>
        <translation>Neuer Name von %1</translation>
    </message>
    <message>
        <source>to all</source>
        <translation>an alle</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>TemplatesTab</name>
    <message>
        <source>There is one of this name; it is replaced.</source>
        <translation>Eine dieses Namens gibt es; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>Name of a new template</source>
        <translation>Name einer neuen Vorlage</translation>
    </message>
    <message>
        <source>Keep the message on the left as …</source>
        <translation>Die Nachricht links behalten als …</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Write a message, give it a name above, and it is here next time, variables included.</source>
        <translation>Eine Nachricht schreiben, ihr oben einen Namen geben, und sie ist beim nächsten Mal hier, mitsamt Variablen.</translation>
    </message>
    <message>
        <source>No templates</source>
        <translation>Keine Vorlagen</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
</context>
<context>
    <name>TermsHelp</name>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>The number of a reign. Each election begins a new one; the highest is right, and has one leader at most.</source>
        <translation>Die Nummer einer Amtszeit. Jede Wahl beginnt eine neue; die höchste gilt und hat höchstens einen Leader.</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Takes messages, numbers them, and sends them to all others. Wears the crown.</source>
        <translation>Nimmt Nachrichten an, nummeriert sie und schickt sie allen anderen. Trägt die Krone.</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>Takes entries from the leader and votes. Its ring runs down; each sign of the leader fills it.</source>
        <translation>Nimmt Einträge vom Leader an und stimmt ab. Sein Ring läuft ab; jedes Zeichen des Leaders füllt ihn.</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Its ring ran out: it asks the others for their votes for the next term.</source>
        <translation>Sein Ring ist abgelaufen: Er bittet die anderen um ihre Stimme für den nächsten Term.</translation>
    </message>
    <message>
        <source>Learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>Gets everything, but neither votes nor counts for the majority.</source>
        <translation>Bekommt alles, stimmt aber nicht ab und zählt nicht zur Mehrheit.</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Entries up to the commit index are on the disks of a majority: they survive the loss of any minority.</source>
        <translation>Einträge bis zum Commit-Index liegen auf den Platten einer Mehrheit: Sie überleben den Verlust jeder Minderheit.</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Rückstand</translation>
    </message>
    <message>
        <source>How many committed entries a node does not have yet.</source>
        <translation>Wie viele festgeschriebene Einträge ein Knoten noch nicht hat.</translation>
    </message>
    <message>
        <source>Pulse</source>
        <translation>Puls</translation>
    </message>
    <message>
        <source>Messages are counted, not watched: the counts of a quarter of a second are spread evenly over it, and fly slower than they did.</source>
        <translation>Nachrichten werden gezählt, nicht beobachtet: Was eine Viertelsekunde zählt, verteilt sich gleichmäßig über sie und fliegt langsamer, als es war.</translation>
    </message>
</context>
<context>
    <name>TimeChip</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>14:03, 5 min ago, 2026-03-01</source>
        <translation>14:03, 5 min ago, 2026-03-01</translation>
    </message>
    <message>
        <source>Corrected time. Nothing new is shown while there is an end.</source>
        <translation>Korrigierte Zeit. Solange es ein Ende gibt, kommt nichts Neues hinzu.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>TimeStatsPanel</name>
    <message>
        <source>Statistics of time</source>
        <translation>Statistik der Zeit</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>The statistics start from nothing; cluster time is not touched</source>
        <translation>Die Statistik beginnt von vorn; die Clusterzeit bleibt unberührt</translation>
    </message>
    <message>
        <source>The statistics start anew. Cluster time is not touched.</source>
        <translation>Die Statistik beginnt neu. Die Clusterzeit bleibt unberührt.</translation>
    </message>
    <message>
        <source>Synchronised</source>
        <translation>Abgeglichen</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Successful</source>
        <translation>Gelungen</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Skew</source>
        <translation>Gangfehler</translation>
    </message>
    <message>
        <source>Deviation of the skew</source>
        <translation>Streuung des Gangfehlers</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Skew acceptable</source>
        <translation>Gangfehler annehmbar</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>Korrekturen</translation>
    </message>
    <message>
        <source>Correction, mean</source>
        <translation>Korrektur, im Mittel</translation>
    </message>
    <message>
        <source>Correction, greatest</source>
        <translation>Korrektur, größte</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
</context>
<context>
    <name>TimelinePage</name>
    <message>
        <source>The last %1, by the cluster&apos;s own time.</source>
        <translation>Die letzten %1, nach der Zeit des Clusters.</translation>
    </message>
    <message>
        <source>%1 to %2. The charts wait here; new points come in unseen.</source>
        <translation>%1 bis %2. Die Diagramme warten hier; neue Punkte kommen ungesehen dazu.</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Whole span</source>
        <translation>Ganze Spanne</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go live</source>
        <translation>Live gehen</translation>
    </message>
    <message>
        <source>Stop here; what comes is kept.</source>
        <translation>Hier anhalten; was kommt, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Follow what comes.</source>
        <translation>Dem folgen, was kommt.</translation>
    </message>
    <message>
        <source>60 s</source>
        <translation>60 s</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 min</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>How much time is shown</source>
        <translation>Wie viel Zeit zu sehen ist</translation>
    </message>
    <message>
        <source>messages a second, as the leader counts them</source>
        <translation>Nachrichten je Sekunde, wie der Leader sie zählt</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>from submission to acknowledgement, on the leader</source>
        <translation>vom Einreichen bis zur Bestätigung, beim Leader</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>entries a follower still lacks</source>
        <translation>Einträge, die einem Follower noch fehlen</translation>
    </message>
    <message>
        <source>Replication lag</source>
        <translation>Rückstand der Replikation</translation>
    </message>
    <message>
        <source>cluster time minus the node&apos;s clock, with its bound</source>
        <translation>Clusterzeit minus Uhr des Knotens, mit Schranke</translation>
    </message>
    <message>
        <source>Clock offset</source>
        <translation>Uhrversatz</translation>
    </message>
    <message>
        <source>Routine events too</source>
        <translation>Auch Alltägliches</translation>
    </message>
    <message>
        <source>Asking the nodes for what they remember.</source>
        <translation>Frage die Knoten, woran sie sich erinnern.</translation>
    </message>
    <message>
        <source>Known since %1.</source>
        <translation>Bekannt seit %1.</translation>
    </message>
    <message>
        <source>Wheel or +/−: zoom   drag: a part   Shift: move   double click: back</source>
        <translation>Rad oder +/−: Zoom   Ziehen: Ausschnitt   Umschalt: Schieben   Doppelklick: zurück</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Cluster and its state</source>
        <translation>Cluster und sein Zustand</translation>
    </message>
    <message>
        <source>Verdict: %1</source>
        <translation>Urteil: %1</translation>
    </message>
    <message>
        <source>Ask every node now (F5)</source>
        <translation>Jetzt jeden Knoten fragen (F5)</translation>
    </message>
    <message>
        <source>Search pages and commands (Ctrl+K)</source>
        <translation>Seiten und Befehle suchen (Strg+K)</translation>
    </message>
</context>
<context>
    <name>TourCard</name>
    <message>
        <source>Five minutes on a cluster of your own. You can leave at any time.</source>
        <translation>Fünf Minuten auf einem eigenen Cluster. Er lässt sich jederzeit verlassen.</translation>
    </message>
    <message>
        <source>Take the tour</source>
        <translation>Rundgang machen</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Eine Nachricht senden</translation>
    </message>
    <message>
        <source>Watch it commit</source>
        <translation>Zusehen, wie es festgeschrieben wird</translation>
    </message>
    <message>
        <source>Kill the leader</source>
        <translation>Leader abschießen</translation>
    </message>
    <message>
        <source>Read the verdict</source>
        <translation>Das Urteil lesen</translation>
    </message>
    <message>
        <source>Copy the curl line</source>
        <translation>curl-Zeile kopieren</translation>
    </message>
    <message>
        <source>Start the tour</source>
        <translation>Rundgang beginnen</translation>
    </message>
</context>
<context>
    <name>TourPanel</name>
    <message>
        <source>Tour, step %1 of %2: %3</source>
        <translation>Rundgang, Schritt %1 von %2: %3</translation>
    </message>
    <message>
        <source>Leave the tour</source>
        <translation>Rundgang verlassen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Take me there</source>
        <translation>Hinbringen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>VariableButton</name>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
</context>
<context>
    <name>VariableList</name>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>They stand in names and payloads, and get a value with each message.</source>
        <translation>Sie stehen in Namen und Inhalten und bekommen mit jeder Nachricht einen Wert.</translation>
    </message>
    <message>
        <source>Name of a new variable</source>
        <translation>Name einer neuen Variable</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value of the new variable</source>
        <translation>Wert der neuen Variable</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Add the variable</source>
        <translation>Variable hinzufügen</translation>
    </message>
</context>
<context>
    <name>VariableRow</name>
    <message>
        <source>Insert %1</source>
        <translation>%1 einfügen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Copy the verdict and its evidence</source>
        <translation>Urteil und Belege kopieren</translation>
    </message>
    <message>
        <source>Verdict copied</source>
        <translation>Urteil kopiert</translation>
    </message>
    <message>
        <source>“Break it” sends messages while things go wrong, then reads every node back: lost, doubled, reordered, and how long nobody led.</source>
        <translation>„Stören“ sendet Nachrichten, während etwas schiefgeht, und liest dann jeden Knoten zurück: verloren, doppelt, vertauscht, und wie lange niemand führte.</translation>
    </message>
    <message>
        <source>No verdict yet</source>
        <translation>Noch kein Urteil</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>and %1 by async</source>
        <translation>und %1 durch async</translation>
    </message>
    <message>
        <source>duplicated</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>reordered</source>
        <translation>vertauscht</translation>
    </message>
    <message>
        <source>%1 gaps</source>
        <translation>%1 Lücken</translation>
    </message>
    <message>
        <source>to a new leader</source>
        <translation>bis zum neuen Leader</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht nötig</translation>
    </message>
    <message>
        <source>longest wait</source>
        <translation>längstes Warten</translation>
    </message>
    <message>
        <source>to catch up</source>
        <translation>bis zum Aufholen</translation>
    </message>
    <message>
        <source>outcome unknown</source>
        <translation>Ausgang unbekannt</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
</context>
<context>
    <name>VerdictWords</name>
    <message>
        <source>one more may fail</source>
        <translation>einer darf noch ausfallen</translation>
    </message>
    <message>
        <source>two more may fail</source>
        <translation>zwei dürfen noch ausfallen</translation>
    </message>
    <message>
        <source>three more may fail</source>
        <translation>drei dürfen noch ausfallen</translation>
    </message>
    <message>
        <source>%1 more may fail</source>
        <translation>%1 dürfen noch ausfallen</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>One node: %1 leads term %2. No other holds a copy.</source>
        <translation>Ein Knoten: %1 führt Term %2. Kein anderer hat eine Kopie.</translation>
    </message>
    <message>
        <source>%1 of %2 nodes, %3 leads term %4</source>
        <translation>%1 von %2 Knoten, %3 führt Term %4</translation>
    </message>
    <message>
        <source>%1, %2.</source>
        <translation>%1, %2.</translation>
    </message>
    <message>
        <source>%1. No more may fail.</source>
        <translation>%1. Keiner darf mehr ausfallen.</translation>
    </message>
    <message>
        <source>%1 belongs to another cluster.</source>
        <translation>%1 gehört zu einem anderen Cluster.</translation>
    </message>
    <message>
        <source>%1 runs another version.</source>
        <translation>%1 läuft in einer anderen Version.</translation>
    </message>
    <message>
        <source>%1 refuses this monitor.</source>
        <translation>%1 weist diesen Monitor ab.</translation>
    </message>
    <message>
        <source>%1 is no dsmsg node.</source>
        <translation>%1 ist kein dsmsg-Knoten.</translation>
    </message>
    <message>
        <source>%1 of %2 voters would be left, and %3 must hold a message.</source>
        <translation>%1 von %2 Stimmen blieben, und %3 müssen eine Nachricht haben.</translation>
    </message>
    <message>
        <source>Nothing could be committed until another one comes back.</source>
        <translation>Nichts könnte festgeschrieben werden, bis ein weiterer zurückkommt.</translation>
    </message>
    <message>
        <source>Messages go on, and no more may fail.</source>
        <translation>Nachrichten gehen weiter, und keiner darf mehr ausfallen.</translation>
    </message>
    <message>
        <source>Messages go on, and %1.</source>
        <translation>Nachrichten gehen weiter, und %1.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Messages that survive</source>
        <translation>Nachrichten, die überleben</translation>
    </message>
    <message>
        <source>dsmsg keeps every acknowledged message on a majority of its nodes. See it happen, break it, and read what it kept.</source>
        <translation>dsmsg hält jede bestätigte Nachricht auf einer Mehrheit seiner Knoten. Zusehen, stören und lesen, was geblieben ist.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Alerts</name>
    <message>
        <source>No leader</source>
        <translation>Kein Leader</translation>
    </message>
    <message>
        <source>The nodes are electing a new one.</source>
        <translation>Die Knoten wählen einen neuen.</translation>
    </message>
    <message>
        <source>Quorum lost</source>
        <translation>Quorum verloren</translation>
    </message>
    <message>
        <source>%1 of %2 nodes answer. No message can be committed until a majority is back.</source>
        <translation>%1 von %2 Knoten antworten. Bis wieder eine Mehrheit da ist, kann keine Nachricht festgeschrieben werden.</translation>
    </message>
    <message>
        <source>A leader again</source>
        <translation>Wieder ein Leader</translation>
    </message>
    <message>
        <source>%1 leads term %2. Messages are taken again.</source>
        <translation>%1 führt Term %2. Nachrichten werden wieder angenommen.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ApiCall</name>
    <message>
        <source>%1 did not answer: %2.</source>
        <translation>%1 hat nicht geantwortet: %2.</translation>
    </message>
    <message>
        <source>%1 says: %2 (HTTP %3)</source>
        <translation>%1 sagt: %2 (HTTP %3)</translation>
    </message>
    <message>
        <source>%1 answered with HTTP %2.</source>
        <translation>%1 antwortete mit HTTP %2.</translation>
    </message>
    <message>
        <source>No node answers that could be asked.</source>
        <translation>Kein Knoten antwortet, der gefragt werden könnte.</translation>
    </message>
    <message>
        <source>The nodes send the request from one to another; there may be no leader now. Try again in a moment.</source>
        <translation>Die Knoten reichen die Anfrage im Kreis weiter; vielleicht gibt es gerade keinen Leader. Gleich noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ClockRows</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ClusterMonitor</name>
    <message>
        <source>Not connected.</source>
        <translation>Nicht verbunden.</translation>
    </message>
    <message>
        <source>%1 does not lead: it sent the request on to %2.</source>
        <translation>%1 führt nicht und hat die Anfrage an %2 weitergegeben.</translation>
    </message>
    <message>
        <source>As last seen: %1</source>
        <translation>Zuletzt gesehen: %1</translation>
    </message>
    <message>
        <source>Connecting to %1.</source>
        <translation>Verbinde mit %1.</translation>
    </message>
    <message>
        <source>Every node streams what happens to it.</source>
        <translation>Jeder Knoten meldet laufend, was bei ihm geschieht.</translation>
    </message>
    <message>
        <source>Some event streams are not open; those nodes are asked every 3.5 s.</source>
        <translation>Einige Ereignisströme sind nicht offen; diese Knoten werden alle 3,5 s gefragt.</translation>
    </message>
    <message>
        <source>Auto-refresh is off.</source>
        <translation>Automatisches Aktualisieren ist aus.</translation>
    </message>
    <message>
        <source>No answer from %1.</source>
        <translation>Keine Antwort von %1.</translation>
    </message>
    <message>
        <source>Nothing has been heard from the cluster for more than 2 s. The figures are the last that came.</source>
        <translation>Seit mehr als 2 s war vom Cluster nichts zu hören. Die Zahlen sind die letzten, die kamen.</translation>
    </message>
    <message>
        <source>Auto-refresh is off. The figures are the last that came.</source>
        <translation>Automatisches Aktualisieren ist aus. Die Zahlen sind die letzten, die kamen.</translation>
    </message>
    <message>
        <source>No node can be reached. Are they running, and are the addresses right?</source>
        <translation>Kein Knoten ist erreichbar. Laufen sie, und stimmen die Adressen?</translation>
    </message>
    <message>
        <source>The nodes belong to another cluster than before. Connect anew to look at it.</source>
        <translation>Die Knoten gehören zu einem anderen Cluster als vorher. Neu verbinden, um ihn anzusehen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>It belongs to cluster %1, the others to %2. Remove it from the list, or connect to its own cluster.</source>
        <translation>Er gehört zum Cluster %1, die anderen zu %2. Aus der Liste nehmen oder mit seinem eigenen Cluster verbinden.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Correction</name>
    <message>
        <source>It stays as it is, right to ± %1.</source>
        <translation>Er bleibt, wie er ist, auf ± %1 genau.</translation>
    </message>
    <message>
        <source>Moved later by %1, right to ± %2.</source>
        <translation>Um %1 nach hinten verschoben, auf ± %2 genau.</translation>
    </message>
    <message>
        <source>Moved earlier by %1, right to ± %2.</source>
        <translation>Um %1 nach vorn verschoben, auf ± %2 genau.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::DraftImport</name>
    <message>
        <source>%1 of %2 stored</source>
        <translation>%1 von %2 gespeichert</translation>
    </message>
    <message>
        <source>%1 of them were stored before</source>
        <translation>%1 davon waren schon gespeichert</translation>
    </message>
    <message>
        <source>%1 acknowledged before majority</source>
        <translation>%1 vor der Mehrheit bestätigt</translation>
    </message>
    <message>
        <source>%1 not stored</source>
        <translation>%1 nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 may be stored</source>
        <translation>%1 vielleicht gespeichert</translation>
    </message>
    <message>
        <source>%1 not sent</source>
        <translation>%1 nicht gesendet</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::EmbeddedCluster</name>
    <message>
        <source>%1 did not start: %2</source>
        <translation>%1 ist nicht gestartet: %2</translation>
    </message>
    <message>
        <source>Could not delete all of %1. Delete it by hand.</source>
        <translation>%1 ließ sich nicht ganz löschen. Bitte von Hand löschen.</translation>
    </message>
    <message>
        <source>Finding free ports</source>
        <translation>Suche freie Ports</translation>
    </message>
    <message>
        <source>Starting: %1 of %2 nodes run</source>
        <translation>Starte: %1 von %2 Knoten laufen</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Halte an</translation>
    </message>
    <message>
        <source>Tidying up</source>
        <translation>Räume auf</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::EmbeddedNode</name>
    <message>
        <source>Its storage failed, so it serves reads only. Start it anew. %1</source>
        <translation>Sein Speicher ist ausgefallen, daher bedient er nur Lesezugriffe. Neu starten. %1</translation>
    </message>
    <message>
        <source>Its data was damaged and set aside; it catches up from the others. %1</source>
        <translation>Seine Daten waren beschädigt und wurden beiseitegelegt; er holt von den anderen auf. %1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Reads only</source>
        <translation>Liest nur</translation>
    </message>
    <message>
        <source>Being killed</source>
        <translation>Wird abgeschossen</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Halte an</translation>
    </message>
    <message>
        <source>Killed</source>
        <translation>Abgeschossen</translation>
    </message>
    <message>
        <source>Did not start</source>
        <translation>Nicht gestartet</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::FaultLab</name>
    <message>
        <source>it was started without --fault-injection</source>
        <translation>er wurde ohne --fault-injection gestartet</translation>
    </message>
    <message>
        <source>it answered %1</source>
        <translation>er antwortete %1</translation>
    </message>
    <message>
        <source>%1 cannot be broken from here: start it with --fault-injection, or use a local cluster, whose nodes always can.</source>
        <translation>%1 lässt sich von hier nicht stören: mit --fault-injection starten oder einen lokalen Cluster nehmen, dessen Knoten es immer zulassen.</translation>
    </message>
    <message>
        <source>%1 does not take the fault: %2.</source>
        <translation>%1 nimmt den Fehler nicht an: %2.</translation>
    </message>
    <message>
        <source>%1 does not heal: %2.</source>
        <translation>%1 heilt nicht: %2.</translation>
    </message>
    <message>
        <source>Only nodes of the local cluster can be killed from here.</source>
        <translation>Nur Knoten des lokalen Clusters lassen sich von hier abschießen.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Graphics</name>
    <message>
        <source>in software, without OpenGL</source>
        <translation>in Software, ohne OpenGL</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::LabJudge</name>
    <message>
        <source>A node does not answer, so its messages could not be checked: %1</source>
        <translation>Ein Knoten antwortet nicht, seine Nachrichten konnten nicht geprüft werden: %1</translation>
    </message>
    <message>
        <source>No node knows a leader. Wait until there is one.</source>
        <translation>Kein Knoten kennt einen Leader. Warten, bis es einen gibt.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::LabRun</name>
    <message>
        <source>Everything healed</source>
        <translation>Alles geheilt</translation>
    </message>
    <message>
        <source>there was no leader</source>
        <translation>es gab keinen Leader</translation>
    </message>
    <message>
        <source>there is no such node</source>
        <translation>einen solchen Knoten gibt es nicht</translation>
    </message>
    <message>
        <source>%1 is gone</source>
        <translation>%1 ist weg</translation>
    </message>
    <message>
        <source>only nodes of the local cluster can be killed and started</source>
        <translation>nur Knoten des lokalen Clusters lassen sich abschießen und starten</translation>
    </message>
    <message>
        <source>%1 killed</source>
        <translation>%1 abgeschossen</translation>
    </message>
    <message>
        <source>%1 started again</source>
        <translation>%1 wieder gestartet</translation>
    </message>
    <message>
        <source>%1 leads term %2</source>
        <translation>%1 führt Term %2</translation>
    </message>
    <message>
        <source>Asking every node what it has</source>
        <translation>Frage jeden Knoten, was er hat</translation>
    </message>
    <message>
        <source>Breaking it under load</source>
        <translation>Störe unter Last</translation>
    </message>
    <message>
        <source>Breaking it</source>
        <translation>Störe</translation>
    </message>
    <message>
        <source>Healing, and waiting until every node is back</source>
        <translation>Heile und warte, bis jeder Knoten zurück ist</translation>
    </message>
    <message>
        <source>Reading every message back from every node</source>
        <translation>Lese jede Nachricht von jedem Knoten zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Done, everything healed</source>
        <translation>Fertig, alles geheilt</translation>
    </message>
    <message>
        <source>Cancelled, everything healed</source>
        <translation>Abgebrochen, alles geheilt</translation>
    </message>
    <message>
        <source>Did not run</source>
        <translation>Lief nicht</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::LinkMatrix</name>
    <message>
        <source>%1 itself</source>
        <translation>%1 selbst</translation>
    </message>
    <message>
        <source>%1 reaches %2.</source>
        <translation>%1 erreicht %2.</translation>
    </message>
    <message>
        <source>%1 does not reach %2: cut by a fault of %3.</source>
        <translation>%1 erreicht %2 nicht: getrennt durch einen Fehler auf %3.</translation>
    </message>
    <message>
        <source>%1 reaches %2, but %3 % of what it says is lost.</source>
        <translation>%1 erreicht %2, aber %3 % davon gehen verloren.</translation>
    </message>
    <message>
        <source>%1 reaches %2, %3 ms late.</source>
        <translation>%1 erreicht %2, %3 ms verspätet.</translation>
    </message>
    <message>
        <source>%1 hears nothing of %2, and no fault of a link is the reason.</source>
        <translation>%1 hört nichts von %2, und kein Leitungsfehler ist der Grund.</translation>
    </message>
    <message>
        <source>%1 does not answer, so nobody knows whether it hears %2.</source>
        <translation>%1 antwortet nicht; niemand weiß, ob er %2 hört.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::LoadGenerator</name>
    <message>
        <source>The message on the left cannot be sent: %1</source>
        <translation>Die Nachricht links kann nicht gesendet werden: %1</translation>
    </message>
    <message>
        <source>%1 of %2 messages acknowledged</source>
        <translation>%1 von %2 Nachrichten bestätigt</translation>
    </message>
    <message>
        <source>%1 of them before majority</source>
        <translation>%1 davon vor der Mehrheit</translation>
    </message>
    <message>
        <source>%1 not stored</source>
        <translation>%1 nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 may be stored</source>
        <translation>%1 vielleicht gespeichert</translation>
    </message>
    <message>
        <source>%1 left out because the cluster was over 2 s behind</source>
        <translation>%1 ausgelassen, weil der Cluster über 2 s zurücklag</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::MessageBrowser</name>
    <message>
        <source>“%1” is no time. Write 14:03, 2026-03-01 14:03 or 5 min ago.</source>
        <translation>„%1“ ist keine Zeit. Etwa 14:03, 2026-03-01 14:03 oder 5 min ago.</translation>
    </message>
    <message>
        <source>“%1” is no position. Write the number of a message.</source>
        <translation>„%1“ ist keine Stelle. Bitte die Nummer einer Nachricht.</translation>
    </message>
    <message>
        <source>The first time must be before the second.</source>
        <translation>Die erste Zeit muss vor der zweiten liegen.</translation>
    </message>
    <message>
        <source>%1 gives no messages: %2. Trying again; another node can be chosen at the top.</source>
        <translation>%1 gibt keine Nachrichten: %2. Versuche es weiter; oben lässt sich ein anderer Knoten wählen.</translation>
    </message>
    <message>
        <source>Nothing new from %1: %2.</source>
        <translation>Nichts Neues von %1: %2.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::MessageDetail</name>
    <message>
        <source>The message could not be read: %1.</source>
        <translation>Die Nachricht konnte nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>This node does not have the message: it was removed, or is not applied there yet.</source>
        <translation>Dieser Knoten hat die Nachricht nicht: Sie wurde entfernt oder ist dort noch nicht angewandt.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::MessageExport</name>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>The export broke off: %1.</source>
        <translation>Der Export brach ab: %1.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::MessageForm</name>
    <message>
        <source>A name has letters, digits, _ and -, begins with a letter, and is none of the built-in ones.</source>
        <translation>Ein Name hat Buchstaben, Ziffern, _ und -, beginnt mit einem Buchstaben und ist keiner der eingebauten.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::MessageTrace</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Appended</source>
        <translation>Angehängt</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Committed</source>
        <translation>Festschreibung</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Angewandt</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Ausgeliefert</translation>
    </message>
    <message>
        <source>%1 after %2 ms</source>
        <translation>%1 nach %2 ms</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>%1 unbekannt</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::NodeClient</name>
    <message>
        <source>Auto-refresh is off. Refresh to see what is new.</source>
        <translation>Automatisches Aktualisieren ist aus. Aktualisieren, um Neues zu sehen.</translation>
    </message>
    <message>
        <source>Its event stream is not open: its figures are up to %1 s old.</source>
        <translation>Sein Ereignisstrom ist nicht offen: Seine Zahlen sind bis zu %1 s alt.</translation>
    </message>
    <message>
        <source>The connection is open, but the node says nothing. It may be paused, or busy with its disk.</source>
        <translation>Die Verbindung steht, aber der Knoten sagt nichts. Vielleicht ist er angehalten oder mit seiner Platte beschäftigt.</translation>
    </message>
    <message>
        <source>It does not answer.</source>
        <translation>Er antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::NodeState</name>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>last known %1 s ago</source>
        <translation>zuletzt bekannt vor %1 s</translation>
    </message>
    <message>
        <source>last known %1 min ago</source>
        <translation>zuletzt bekannt vor %1 min</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbinde</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Polling</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Wrong cluster</source>
        <translation>Falscher Cluster</translation>
    </message>
    <message>
        <source>Not a dsmsg node</source>
        <translation>Kein dsmsg-Knoten</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Other version</source>
        <translation>Andere Version</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Profiles</name>
    <message>
        <source>Give it a name.</source>
        <translation>Ein Name fehlt.</translation>
    </message>
    <message>
        <source>Say where a node is, for example 127.0.0.1:8000.</source>
        <translation>Wo ist ein Knoten? Zum Beispiel 127.0.0.1:8000.</translation>
    </message>
    <message>
        <source>There is a profile of this name. Choose another one.</source>
        <translation>Ein Profil dieses Namens gibt es schon. Bitte einen anderen wählen.</translation>
    </message>
    <message>
        <source>There are %1 profiles, which is as many as are kept. Remove one first.</source>
        <translation>Es gibt %1 Profile; mehr werden nicht behalten. Zuerst eines entfernen.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Publisher</name>
    <message>
        <source>Hello, number {{n}}</source>
        <translation>Hallo, Nummer {{n}}</translation>
    </message>
    <message>
        <source>Not connected to a cluster.</source>
        <translation>Mit keinem Cluster verbunden.</translation>
    </message>
    <message>
        <source>There is no leader.</source>
        <translation>Es gibt keinen Leader.</translation>
    </message>
    <message>
        <source>A message sent now waits up to %1 s for a leader.</source>
        <translation>Eine jetzt gesendete Nachricht wartet bis zu %1 s auf einen Leader.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ScenarioModel</name>
    <message>
        <source>There are %1 own scenarios already. Delete one first.</source>
        <translation>Es gibt schon %1 eigene Szenarien. Zuerst eines löschen.</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ScopeNodes</name>
    <message>
        <source>Never heard</source>
        <translation>Nie gehört</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Follower</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>Kandidat</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>Old leader</source>
        <translation>Früherer Leader</translation>
    </message>
    <message>
        <source>Learner</source>
        <translation>Learner</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1: never heard of</source>
        <translation>%1: nie gehört</translation>
    </message>
    <message>
        <source>%1: %2, term %3, commit %4, applied %5</source>
        <translation>%1: %2, Term %3, Commit %4, angewandt %5</translation>
    </message>
    <message>
        <source>, %1 entries behind</source>
        <translation>, %1 Einträge zurück</translation>
    </message>
    <message numerus="yes">
        <source>, %n fault(s) injected</source>
        <translation>
            <numerusform>, %n Fehler eingespeist</numerusform>
            <numerusform>, %n Fehler eingespeist</numerusform>
        </translation>
    </message>
    <message>
        <source>term %1</source>
        <translation>Term %1</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ScopePlayer</name>
    <message>
        <source>A recording, ordered by cluster time.</source>
        <translation>Eine Aufzeichnung, nach Clusterzeit geordnet.</translation>
    </message>
    <message>
        <source>Half a second behind, ordered by cluster time.</source>
        <translation>Eine halbe Sekunde zurück, nach Clusterzeit geordnet.</translation>
    </message>
    <message>
        <source>Replay, ordered by cluster time.</source>
        <translation>Wiederholung, nach Clusterzeit geordnet.</translation>
    </message>
    <message>
        <source> Within %1 ms is shown as simultaneous.</source>
        <translation> Was innerhalb von %1 ms liegt, erscheint gleichzeitig.</translation>
    </message>
    <message>
        <source> The clocks are not synchronised yet: the order is not certain.</source>
        <translation> Die Uhren sind noch nicht abgeglichen: Die Reihenfolge ist nicht sicher.</translation>
    </message>
    <message>
        <source>No node has been heard of yet.</source>
        <translation>Noch kein Knoten war zu hören.</translation>
    </message>
    <message>
        <source>%1 does not reach %2</source>
        <translation>%1 erreicht %2 nicht</translation>
    </message>
    <message>
        <source>%1 written: %2 samples and %3 events, %4.</source>
        <translation>%1 geschrieben: %2 Messungen und %3 Ereignisse, %4.</translation>
    </message>
    <message>
        <source>%1: %2 samples, %3 events.</source>
        <translation>%1: %2 Messungen, %3 Ereignisse.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::ScopeView</name>
    <message>
        <source>Term %1</source>
        <translation>Term %1</translation>
    </message>
    <message>
        <source>%1 leads</source>
        <translation>%1 führt</translation>
    </message>
    <message>
        <source>election</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>no leader</source>
        <translation>kein Leader</translation>
    </message>
    <message>
        <source>Round trip %1 ms</source>
        <translation>Umlauf %1 ms</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 to %2: not known</source>
        <translation>%1 zu %2: nicht bekannt</translation>
    </message>
    <message>
        <source>%1 to %2: not reached</source>
        <translation>%1 zu %2: nicht erreicht</translation>
    </message>
    <message>
        <source>%1 appends/s</source>
        <translation>%1 Appends/s</translation>
    </message>
    <message>
        <source>%1 heartbeats/s</source>
        <translation>%1 Herzschläge/s</translation>
    </message>
    <message>
        <source>%1 vote requests</source>
        <translation>%1 Bitten um Stimmen</translation>
    </message>
    <message>
        <source>%1 pieces of a snapshot/s</source>
        <translation>%1 Snapshot-Stücke/s</translation>
    </message>
    <message>
        <source>%1 answered/s</source>
        <translation>%1 beantwortet/s</translation>
    </message>
    <message>
        <source>%1 refused/s</source>
        <translation>%1 abgelehnt/s</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>still</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 zu %2: %3</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::SendRun</name>
    <message>
        <source>stopped before there was an answer</source>
        <translation>angehalten, bevor eine Antwort kam</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::SendWorker</name>
    <message>
        <source>%1 messages are under way already; wait for some of them</source>
        <translation>%1 Nachrichten sind schon unterwegs; erst auf einige warten</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Session</name>
    <message>
        <source>Embedded cluster</source>
        <translation>Eingebetteter Cluster</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::StateFile</name>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 ließ sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>%1 %2. It is kept as %3; a new one is begun.</source>
        <translation>%1 %2. Die Datei bleibt als %3 erhalten; eine neue ist begonnen.</translation>
    </message>
    <message>
        <source>%1 %2. It will be replaced: move it away now if you want to keep it.</source>
        <translation>%1 %2. Die Datei wird ersetzt: Verschieben Sie sie jetzt, wenn Sie sie behalten wollen.</translation>
    </message>
    <message>
        <source>has more than %1 MiB</source>
        <translation>hat mehr als %1 MiB</translation>
    </message>
    <message>
        <source>could not be read (%1)</source>
        <translation>konnte nicht gelesen werden (%1)</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>ist beschädigt</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::TemplateStore</name>
    <message>
        <source>Greeting</source>
        <translation>Gruß</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Sensor reading</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>A template needs a name.</source>
        <translation>Eine Vorlage braucht einen Namen.</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>Ein Name hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>A template&apos;s text has at most %1 characters; this one has %2.</source>
        <translation>Der Text einer Vorlage hat höchstens %1 Zeichen; dieser hat %2.</translation>
    </message>
    <message>
        <source>There are %1 templates, and no room for more. Remove one that is not used.</source>
        <translation>Es gibt %1 Vorlagen und keinen Platz für mehr. Eine unbenutzte entfernen.</translation>
    </message>
    <message>
        <source>There is a template &apos;%1&apos; already.</source>
        <translation>Eine Vorlage „%1“ gibt es schon.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Timeline</name>
    <message>
        <source>acknowledged</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>worst</source>
        <translation>schlechteste</translation>
    </message>
    <message>
        <source>worst bound</source>
        <translation>größte Schranke</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Tour</name>
    <message>
        <source>Paste it into a terminal: it does the same.</source>
        <translation>In ein Terminal eingefügt, tut sie dasselbe.</translation>
    </message>
    <message>
        <source>%1 nodes run, and %2 leads them.</source>
        <translation>%1 Knoten laufen, und %2 führt sie.</translation>
    </message>
    <message>
        <source>Acknowledged as number %1.</source>
        <translation>Bestätigt als Nummer %1.</translation>
    </message>
    <message>
        <source>Number %1 is on every node.</source>
        <translation>Nummer %1 ist auf jedem Knoten.</translation>
    </message>
    <message>
        <source>%1 leads now, in term %2. Nobody had to do anything.</source>
        <translation>%1 führt jetzt, in Term %2. Niemand musste etwas tun.</translation>
    </message>
    <message>
        <source>A cluster of your own</source>
        <translation>Ein eigener Cluster</translation>
    </message>
    <message>
        <source>Send a message</source>
        <translation>Eine Nachricht senden</translation>
    </message>
    <message>
        <source>Watch it commit</source>
        <translation>Zusehen, wie es festgeschrieben wird</translation>
    </message>
    <message>
        <source>Kill the leader</source>
        <translation>Leader abschießen</translation>
    </message>
    <message>
        <source>Read the verdict</source>
        <translation>Das Urteil lesen</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Die Zeile kopieren</translation>
    </message>
    <message>
        <source>That was the tour</source>
        <translation>Das war der Rundgang</translation>
    </message>
    <message>
        <source>Three nodes start inside this application. Their data is on your disk.</source>
        <translation>Drei Knoten starten in dieser Anwendung. Ihre Daten liegen auf dieser Festplatte.</translation>
    </message>
    <message>
        <source>Write something under Publish and send it. The answer says on whose disks it is.</source>
        <translation>Unter Senden etwas schreiben und abschicken. Die Antwort sagt, auf wessen Platten es liegt.</translation>
    </message>
    <message>
        <source>On the Raft page the message travels from the leader to the others. It counts once a majority has it.</source>
        <translation>Auf der Seite Raft reist die Nachricht vom Leader zu den anderen. Sie zählt, sobald eine Mehrheit sie hat.</translation>
    </message>
    <message>
        <source>Only nodes of a local cluster can be killed from here. On the Faults page, pause the leader instead: the others elect a new one just the same.</source>
        <translation>Von hier lassen sich nur Knoten eines lokalen Clusters abschießen. Auf der Seite Fehler stattdessen den Leader anhalten: Die anderen wählen genauso einen neuen.</translation>
    </message>
    <message>
        <source>On the Faults page, press the skull beside the leader. The others notice within half a second and elect a new one.</source>
        <translation>Auf der Seite Fehler den Totenkopf neben dem Leader drücken. Die anderen merken es in einer halben Sekunde und wählen einen neuen.</translation>
    </message>
    <message>
        <source>Press “Break it”. Messages are sent while the leader dies, then every node is read back.</source>
        <translation>„Stören“ drücken. Es werden Nachrichten gesendet, während der Leader stirbt, dann wird jeder Knoten zurückgelesen.</translation>
    </message>
    <message>
        <source>Every control shows the request that it makes as a curl line. Copy one, as below the links.</source>
        <translation>Jedes Bedienelement zeigt seine Anfrage als curl-Zeile. Eine kopieren, etwa unter den Leitungen.</translation>
    </message>
    <message>
        <source>Everything you saw works the same on a cluster elsewhere. Connect to one whenever you like.</source>
        <translation>Alles, was zu sehen war, geht genauso mit einem Cluster anderswo. Dort lässt sich jederzeit verbinden.</translation>
    </message>
</context>
<context>
    <name>dsmsg::monitor::Tray</name>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Stop the nodes and quit</source>
        <translation>Knoten anhalten und beenden</translation>
    </message>
    <message>
        <source>dsmsg: the embedded cluster runs</source>
        <translation>dsmsg: Der eingebettete Cluster läuft</translation>
    </message>
</context>
<context>
    <name>dsmsg::ui::ChartPlot</name>
    <message>
        <source>%1: nothing is known of this time.</source>
        <translation>%1: Über diese Zeit ist nichts bekannt.</translation>
    </message>
    <message>
        <source>%1: now %2, between %3 and %4.</source>
        <translation>%1: jetzt %2, zwischen %3 und %4.</translation>
    </message>
    <message>
        <source>%1, the last %2. %3</source>
        <translation>%1, die letzten %2. %3</translation>
    </message>
</context>
<context>
    <name>dsmsg::ui::Format</name>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 d %2 h</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 d ago</source>
        <translation>vor %1 d</translation>
    </message>
</context>
</TS>
