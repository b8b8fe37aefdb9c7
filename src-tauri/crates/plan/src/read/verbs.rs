//! The verbs of the trade: what an instruction begins with.

use std::sync::LazyLock;

use super::words::WordSet;

/// Each line is asked for a handful of words, so that lists of hundreds must not be walked.
pub(super) type Words = LazyLock<WordSet>;

/// The words of a list, between blanks.
pub(super) fn words(list: &'static str) -> WordSet {
    list.split_whitespace().collect()
}

/// English, as a command.
static ENGLISH: Words = Words::new(|| {
    words(
        " abort activate add adjust agree allocate alert analyse analyze announce apply approve archive \
    ask assemble assess assign attach audit automate backport backup begin blacklist block blocklist bring broadcast build \
    bump call cancel capture change check cherry-pick choose clean cleanup clear click clone close collect combine comment \
    commit communicate compare compile complete conduct configure confirm connect contact continue coordinate copy \
    create cut cutover deactivate debug decide declare decrease define delegate delete deliver deploy describe detach \
    determine diff disable disconnect discuss distribute dm document double-check download draft drain drop dump edit \
    email enable ensure escalate establish evaluate examine execute export extract fail failover fetch file fill \
    finalise finalize find finish fix flip flush follow force fork freeze gather generate get git give go grant hand hold \
    identify implement import improve include increase inform initiate insert inspect install investigate invite isolate issue \
    join keep kick kill label launch let link list load lock log look mail maintain make manage mark measure merge \
    message migrate mirror modify monitor mount move mute navigate notify observe obtain open order organise organize \
    page pause perform paste pick pin place plan point post practice practise prepare press prevent prioritise prioritize \
    proceed promote provide provision publish pull purge push put queue raise re-enable re-run read reboot rebuild \
    rebase recheck record recover redeploy redirect reduce refresh register regenerate reinstall reinstate reload remind remove \
    rename repeat replace reply report request rerun reset resolve restart restore resume retrieve return revert review \
    revoke roll rollback rotate route run save scale scan schedule search secure select send set setup share shift ship \
    shut shutdown sign silence simulate smoke-test snapshot specify spin start stop stream submit subscribe suspend swap \
    switch sync tag take tell terminate test tidy toggle track transfer triage trigger try turn tweet un-check unblock \
    uncheck undo uninstall unlock unmount unset update upgrade upload use validate verify view visit wait walk warm \
    watch whitelist work wrap write ",
    )
});

/// German, Spanish, French, Portuguese and Russian, whose instructions begin with the verb too.
static OTHERS: Words = Words::new(|| {
    words(
        " prüfe prüfen starte starten stoppe stoppen erstelle erstellen führe öffne schließe sichere teste \
    aktualisiere informiere verifica verificar verifique comprobar comprueba ejecutar ejecuta desplegar despliega revisar \
    revisa confirmar confirma notificar notifica crear crea actualizar actualiza reiniciar reinicia detener iniciar \
    vérifier vérifiez exécuter exécutez déployer déployez lancer lancez confirmer notifier créer arrêter redémarrer \
    mettre executar execute implantar criar atualizar parar testar проверить проверьте проверяем запустить запустите \
    выполнить выполните создать создайте обновить обновите убедиться убедитесь уведомить уведомите остановить \
    остановите развернуть разверните сообщить открыть откройте закрыть включить выключить откатить подождать ",
    )
});

/// German and Turkish, whose instructions end with the verb.
static LAST: Words = Words::new(|| {
    words(
        " prüfen erstellen starten stoppen ausführen informieren aktualisieren sicherstellen testen öffnen \
    schließen benachrichtigen einspielen ausrollen sichern deployen bestätigen et edin yap yapın çalıştır çalıştırın \
    doğrula doğrulayın oluştur oluşturun güncelle güncelleyin başlat başlatın durdur durdurun kur kurun ekle ekleyin ",
    )
});

/// What is a verb and a noun as well, and the words behind it that make it the noun: "test cases", "release notes".
static NOUNS: Words = Words::new(|| {
    words(
        " backup build change check contact deploy document email fix issue label launch link list load log \
    mail message monitor order page plan point post process pull queue record release report request review rollback \
    schedule scan search set setup snapshot start stream tag test track transfer trigger update upgrade use view watch \
    work ",
    )
});
static BEHIND: Words = Words::new(|| {
    words(
        " account address bucket case cases channel coverage criteria criterion data date deadline duration \
    environment errors event events file files frequency group history id interval lag latency level levels limit limits \
    links list logs management message name notes number numbers owner page pages period plan policy procedure \
    process queue rate ratio request requests result results retention script size status storm suite template time timeline times title \
    type url urls usage version window windows ",
    )
});

/// Adverbs and the like that stand before the verb.
static BEFORE: Words = Words::new(|| {
    words(" please then next now finally also first again once optionally immediately and or so just always ")
});

/// Whether a word (in lower case) is a verb that tells to do something.
pub(crate) fn is_verb(word: &str) -> bool {
    ENGLISH.contains(word) || OTHERS.contains(word)
}

/// Whether a word tells to do something at the end of a sentence.
pub(crate) fn is_last_verb(word: &str) -> bool {
    LAST.contains(word)
}

/// Whether the two words are a thing ("test cases") and no instruction.
pub(crate) fn is_thing(first: &str, second: &str) -> bool {
    NOUNS.contains(first) && BEHIND.contains(second)
}

/// Whether a word that is a noun by itself tells to do something, by the article behind it: "release the mail".
pub(crate) fn takes_article(word: &str, second: &str) -> bool {
    matches!(word, "lower" | "note" | "process" | "release" | "stage")
        && matches!(second, "the" | "a" | "an" | "this" | "it" | "all")
}

/// Whether what looks like a thing is a verb with its object: "post list of", "update version for".
pub(crate) fn has_object(word: &str, third: &str) -> bool {
    matches!(word, "change" | "check" | "monitor" | "post" | "set" | "update" | "watch")
        && matches!(third, "of" | "for" | "to" | "in" | "on" | "and" | "from" | "at")
}

/// Whether the word may stand before the verb.
pub(crate) fn is_adverb(word: &str) -> bool {
    BEFORE.contains(word) || word.len() > 4 && word.ends_with("ly") && word != "reply" && word != "apply"
}
