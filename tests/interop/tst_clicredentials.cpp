// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"
#include "privatekeychain.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using QtDelivery::Test::PrivateKeychain;

namespace {

const QByteArray Secret = "Xyzzy-4711";

/*! One run on a terminal of its own: what it writes to the terminal, and what is typed. */
class TerminalRun
{
public:
    explicit TerminalRun(const QStringList &arguments)
    {
        QByteArrayList words{QByteArrayLiteral(QTDELIVERY_CLI)};
        for (const QString &argument : arguments)
            words += argument.toLocal8Bit();
        std::vector<char *> argv;
        for (QByteArray &word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        qputenv("LC_ALL", "C.UTF-8");
        m_pid = ::forkpty(&m_terminal, nullptr, nullptr, nullptr);
        if (m_pid == 0) {
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::fcntl(m_terminal, F_SETFL, O_NONBLOCK);
    }
    ~TerminalRun()
    {
        if (!m_hasEnded) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
        ::close(m_terminal);
    }
    Q_DISABLE_COPY_MOVE(TerminalRun)

    [[nodiscard]] bool shows(const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return shown().contains(text); }, 30'000);
    }
    void type(const QByteArray &text) { (void)!::write(m_terminal, text.constData(), text.size()); }
    /*! Everything that was shown up to now. */
    const QByteArray &shown()
    {
        QByteArray buffer(4096, '\0');
        for (ssize_t n = 1; n > 0;) {
            n = ::read(m_terminal, buffer.data(), size_t(buffer.size()));
            m_shown += buffer.first(qMax<ssize_t>(n, 0));
        }
        return m_shown;
    }
    [[nodiscard]] int exitCode()
    {
        int status = 0;
        m_hasEnded = QTest::qWaitFor(
            [&] {
                (void)shown(); // a terminal that is full would hold it up
                return ::waitpid(m_pid, &status, WNOHANG) == m_pid;
            },
            30'000);
        return m_hasEnded && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t m_pid = -1;
    int m_terminal = -1;
    bool m_hasEnded = false;
    QByteArray m_shown;
};

QStringList credentials(const QString &words, const QStringList &more = {})
{
    return QStringList{u"credentials"_s} + words.split(u' ') + more;
}

} // namespace

/*! `qtdelivery credentials` and `qtdelivery doctor`. */
class TestCliCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void help();
    void usage_data();
    void usage();
    void setListRemove_data();
    void setListRemove();
    void largeSecret();
    void noSecret();
    void passphraseFromTheEnvironment();
    void passphraseIsMissing_data();
    void passphraseIsMissing();
    void wrongPassphrase();
    void typedOnATerminal();
    void twoPassphrasesDiffer();
    void interruptedWhileTyping();
    void h62_secretFromKeychain();
    void h62_secretIsNotToBeHad_data();
    void h62_secretIsNotToBeHad();
    void doctorIsContent();
    void doctorWithoutKeychain();
    void doctorWithLockedKeychain();
    void doctorAndOpenDirectory();
    void doctorUsage();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    /*! `--store file:…`, and where its passphrase is. */
    [[nodiscard]] QStringList fileStore() const
    {
        return {u"--store"_s, u"file:"_s + path(u"vault"_s), u"--passphrase-from"_s,
                u"file:"_s + path(u"passphrase"_s)};
    }
    /*! The code; what it said must not have the secret in it. */
    [[nodiscard]] static int run(const QStringList &arguments, const QByteArray &input,
                                 QByteArray *output = nullptr, QByteArray *complaints = nullptr);
    void writeFile(const QString &name, const QByteArray &bytes) const;

    QTemporaryDir m_directory;
    PrivateKeychain m_keychain;
    bool m_hasKeychain = false;
};

void TestCliCredentials::initTestCase()
{
    m_hasKeychain = PrivateKeychain::obstacle().isEmpty();
    if (m_hasKeychain)
        QVERIFY(m_keychain.start());
}

void TestCliCredentials::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QFile::remove(path(u"vault"_s));
    writeFile(u"passphrase"_s, "open sesame\n");
}

void TestCliCredentials::writeFile(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

int TestCliCredentials::run(const QStringList &arguments, const QByteArray &input,
                            QByteArray *output, QByteArray *complaints)
{
    CliProcess cli(arguments, CliProcess::Input::Open);
    cli.write(input);
    cli.closeInput();
    const int exitCode = cli.exitCode();
    if ((cli.output() + cli.complaints()).contains(Secret.left(5)))
        qWarning("the secret is shown");
    if (output)
        *output = cli.output();
    if (complaints)
        *complaints = cli.complaints();
    return exitCode;
}

void TestCliCredentials::help()
{
    QByteArray output;
    QCOMPARE(run(credentials(u"--help"_s), {}, &output), 0);
    for (const char *word : {"set NAME", "list", "remove NAME", "--store", "--passphrase-from"})
        QVERIFY2(output.contains(word), word);
    QCOMPARE(run({u"doctor"_s, u"--help"_s}, {}, &output), 0);
    QVERIFY(output.contains("Exit code"));
}

void TestCliCredentials::usage_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("nothing") << u"--store keychain"_s
                             << QByteArray("Say what to do: 'set', 'list' or");
    QTest::newRow("unknown") << u"get a"_s << QByteArray("Say what to do: 'set', 'list' or");
    QTest::newRow("no name") << u"set"_s << QByteArray("The name of the credential is missing.");
    QTest::newRow("remove nothing")
        << u"remove"_s << QByteArray("The name of the credential is missing.");
    QTest::newRow("secret as an argument")
        << u"set key Xyzzy-4711"_s << QByteArray("A secret is not given on the command line");
    QTest::newRow("list a") << u"list a"_s << QByteArray("There is a word too many: 'a'.");
    QTest::newRow("unknown option") << u"list --all"_s << QByteArray("Unknown option 'all'.");
    QTest::newRow("unknown store")
        << u"list --store drawer"_s
        << QByteArray("--store needs 'keychain' or 'file:PATH', not 'drawer'.");
    QTest::newRow("no path") << u"list --store file:"_s << QByteArray("--store needs");
    QTest::newRow("passphrase for a keychain")
        << u"list --passphrase-from env:X"_s
        << QByteArray("--passphrase-from needs --store file:PATH.");
    QTest::newRow("passphrase as an argument")
        << u"list --store file:x --passphrase-from Xyzzy-4711"_s
        << QByteArray("--passphrase-from needs 'file:PATH' or 'env:VARIABLE'.");
}

void TestCliCredentials::usage()
{
    QFETCH(const QString, words);
    QFETCH(const QByteArray, sentence);
    QByteArray complaints;
    QCOMPARE(run(credentials(words), Secret, nullptr, &complaints), 2);
    QVERIFY2(complaints.startsWith(sentence), complaints.constData());
    QVERIFY(complaints.endsWith("Try 'qtdelivery credentials --help'.\n"));
}

void TestCliCredentials::setListRemove_data()
{
    QTest::addColumn<bool>("isFile");
    QTest::newRow("file") << true;
    QTest::newRow("keychain") << false;
}

void TestCliCredentials::setListRemove()
{
    QFETCH(const bool, isFile);
    if (!isFile && !m_hasKeychain)
        QSKIP("There is no keychain to be had here");
    const QStringList store = isFile ? fileStore() : QStringList();
    QByteArray output;
    QByteArray complaints;
    QCOMPARE(run(credentials(u"list"_s, store), {}, &output, &complaints), 0);
    QCOMPARE(output, "");
    QCOMPARE(complaints, "");
    QCOMPARE(run(credentials(u"set b"_s, store), Secret + '\n', &output, &complaints), 0);
    QCOMPARE(output + complaints, "");
    QCOMPARE(run(credentials(u"set a"_s, store), Secret, nullptr, &complaints), 0);
    QCOMPARE(run(credentials(u"list"_s, store), {}, &output), 0);
    QCOMPARE(output, "a\nb\n");
    QCOMPARE(run(credentials(u"remove a"_s, store), {}, &output), 0);
    QCOMPARE(run(credentials(u"list"_s, store), {}, &output), 0);
    QCOMPARE(output, "b\n");
    QCOMPARE(run(credentials(u"remove a"_s, store), {}, nullptr, &complaints), 1);
    QCOMPARE(complaints, "There is no credential \"a\".\n");
}

void TestCliCredentials::largeSecret()
{
    QByteArray complaints;
    const QByteArray longest(65'536, 's');
    QCOMPARE(run(credentials(u"set a"_s, fileStore()), longest + '\n', nullptr, &complaints), 0);
    QCOMPARE(run(credentials(u"set a"_s, fileStore()), longest + "s\n", nullptr, &complaints), 1);
    QCOMPARE(complaints, "A secret has at most 65536 bytes.\n");
    QCOMPARE(run(credentials(u"set a"_s, fileStore()), longest.repeated(50), nullptr, &complaints),
             1);
    QCOMPARE(complaints, "A secret has at most 65536 bytes.\n");
}

void TestCliCredentials::noSecret()
{
    QByteArray complaints;
    QCOMPARE(run(credentials(u"set a"_s, fileStore()), "\n", nullptr, &complaints), 1);
    QCOMPARE(complaints, "There was no secret to be read.\n");
    QVERIFY(!QFile::exists(path(u"vault"_s)));
}

void TestCliCredentials::passphraseFromTheEnvironment()
{
    const QString vault = path(u"vault"_s);
    const auto cli = CliProcess::shell(
        u"echo s | SESAME='open sesame' \"$0\" credentials set a --store file:%1 --passphrase-from env:SESAME"_s
            .arg(vault));
    QCOMPARE(cli->exitCode(), 0);
    QByteArray output;
    QCOMPARE(run(credentials(u"list"_s, fileStore()), {}, &output), 0);
    QCOMPARE(output, "a\n");
}

void TestCliCredentials::passphraseIsMissing_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("variable")
        << u"env:QTDELIVERY_NO_SUCH"_s
        << QByteArray("There is no secret in the environment variable QTDELIVERY_NO_SUCH.\n");
    QTest::newRow("file")
        << u"file:/no/such/file"_s
        << QByteArray("The secret in /no/such/file cannot be read: No such file or directory.\n");
    QTest::newRow("only a line break") << u"file:"_s + path(u"blank"_s)
                                       << path(u"blank"_s).toUtf8() + " has no passphrase in it.\n";
    QTest::newRow("empty file") << u"file:/dev/null"_s
                                << QByteArray(
                                       "There is no secret in /dev/null: the file is empty.\n");
}

void TestCliCredentials::passphraseIsMissing()
{
    QFETCH(const QString, source);
    QFETCH(const QByteArray, sentence);
    writeFile(u"blank"_s, "\n");
    QByteArray complaints;
    QCOMPARE(run({u"credentials"_s, u"list"_s, u"--store"_s, u"file:"_s + path(u"vault"_s),
                  u"--passphrase-from"_s, source},
                 {}, nullptr, &complaints),
             1);
    QCOMPARE(complaints, sentence);
}

void TestCliCredentials::wrongPassphrase()
{
    QCOMPARE(run(credentials(u"set a"_s, fileStore()), Secret), 0);
    writeFile(u"passphrase"_s, "open barley\n");
    QByteArray complaints;
    QCOMPARE(run(credentials(u"list"_s, fileStore()), {}, nullptr, &complaints), 1);
    QCOMPARE(complaints, "The passphrase is not that of " + path(u"vault"_s).toUtf8() + ".\n");
}

void TestCliCredentials::typedOnATerminal()
{
    const QString store = u"file:"_s + path(u"vault"_s);
    {
        TerminalRun run(credentials(u"set key"_s, {u"--store"_s, store}));
        QVERIFY(run.shows("Passphrase of "));
        run.type("open sesame\n");
        QVERIFY(run.shows("The same passphrase again: "));
        run.type("open sesame\n");
        QVERIFY(run.shows("Secret for \"key\": "));
        run.type(Secret + '\n');
        QCOMPARE(run.exitCode(), 0);
        QVERIFY2(!run.shown().contains("sesame") && !run.shown().contains(Secret),
                 run.shown().constData());
    }
    TerminalRun run(credentials(u"list"_s, {u"--store"_s, store}));
    QVERIFY(run.shows("Passphrase of "));
    run.type("open sesame\n");
    QCOMPARE(run.exitCode(), 0);
    QVERIFY(run.shown().contains("key"));
    QVERIFY(!run.shown().contains("again"));
}

void TestCliCredentials::twoPassphrasesDiffer()
{
    TerminalRun run(credentials(u"set key"_s, {u"--store"_s, u"file:"_s + path(u"vault"_s)}));
    QVERIFY(run.shows("Passphrase of "));
    run.type("open sesame\n");
    QVERIFY(run.shows("again: "));
    run.type("open barley\n");
    QCOMPARE(run.exitCode(), 1);
    QVERIFY(run.shown().contains("These were two different passphrases."));
    QVERIFY(!QFile::exists(path(u"vault"_s)));
}

void TestCliCredentials::interruptedWhileTyping()
{
    TerminalRun run(credentials(u"set key"_s, {u"--store"_s, u"file:"_s + path(u"vault"_s)}));
    QVERIFY(run.shows("Passphrase of "));
    run.type("open\x03"); // Ctrl-C
    QCOMPARE(run.exitCode(), 130);
    QVERIFY(!QFile::exists(path(u"vault"_s)));
}

void TestCliCredentials::h62_secretFromKeychain()
{
    if (!m_hasKeychain)
        QSKIP("There is no keychain to be had here");
    const QByteArray secret = Secret + "-of-these-tests";
    QCOMPARE(run(credentials(u"set orders"_s), secret + '\n'), 0);
    writeFile(u"secret"_s, secret);
    const PortFile portFile;
    CliProcess receiver({u"receive"_s, u"--flow"_s, u"x"_s, u"--count"_s, u"1"_s, u"--verbose"_s,
                         u"--listen"_s, u"tcp://127.0.0.1:0"_s, u"--port-file"_s, portFile.name(),
                         u"--secret-from"_s, u"keychain:orders"_s});
    const quint16 port = portFile.port();
    QVERIFY2(port > 0, receiver.complaints().constData());
    QByteArray complaints;
    // The other side has it from elsewhere: they are the same bytes.
    const int exitCode =
        run({u"send"_s, u"--flow"_s, u"x"_s, u"--verbose"_s, u"--connect"_s,
             u"tcp://127.0.0.1:%1"_s.arg(port), u"--secret-from"_s, u"file:"_s + path(u"secret"_s)},
            "hello\n", nullptr, &complaints);
    QVERIFY2(exitCode == 0, complaints.constData());
    QCOMPARE(receiver.exitCode(), 0);
    QCOMPARE(receiver.output(), "hello\n"_ba);
    QVERIFY2(!receiver.complaints().contains(Secret), receiver.complaints().constData());
}

void TestCliCredentials::h62_secretIsNotToBeHad_data()
{
    QTest::addColumn<QString>("before"); // the program
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("not found") << QString() << u"missing"_s
                               << "The keychain has no secret named 'missing'. 'qtdelivery "
                                  "credentials set missing' keeps one there"_ba;
    QTest::newRow("locked") << u"lock"_s << u"orders"_s << "The keychain is locked"_ba;
    QTest::newRow("no bus") << u"DBUS_SESSION_BUS_ADDRESS=unix:path=/none"_s << u"orders"_s
                            << "The keychain cannot be reached"_ba;
    QTest::newRow("too long a name")
        << QString() << QString(256, u'n') << "The name of a credential has 1 to 255"_ba;
}

void TestCliCredentials::h62_secretIsNotToBeHad()
{
    if (!m_hasKeychain)
        QSKIP("There is no keychain to be had here");
    QFETCH(const QString, before);
    QFETCH(const QString, name);
    QFETCH(const QByteArray, sentence);
    const bool locks = before == u"lock";
    if (locks)
        QVERIFY(m_keychain.lock());
    const auto cli = CliProcess::shell(
        u"%1 \"$0\" receive --flow x --listen tcp://127.0.0.1:0 --secret-from keychain:%2"_s.arg(
            locks ? QString() : before, name));
    const int exitCode = cli->exitCode();
    if (locks)
        QVERIFY(m_keychain.unlock());
    QCOMPARE(exitCode, 1);
    QVERIFY2(cli->complaints().startsWith(sentence), cli->complaints().constData());
    QCOMPARE(cli->complaints().count('\n'), 1);
}

void TestCliCredentials::doctorIsContent()
{
    if (!m_hasKeychain)
        QSKIP("There is no keychain to be had here");
    QByteArray output;
    const int exitCode = run({u"doctor"_s}, {}, &output);
    QVERIFY2(exitCode == 0, output.constData());
    for (const char *word : {"ok    TLS: works", "ok    Keychain: works", "ok    Clock: it says 2",
                             "ok    Directory: ", "ok    Processes: none"})
        QVERIFY2(output.contains(word), (word + (" in " + output)).constData());
    QVERIFY(output.endsWith("\nNothing needs mending.\n"));
}

void TestCliCredentials::doctorWithoutKeychain()
{
    const auto cli = CliProcess::shell(u"DBUS_SESSION_BUS_ADDRESS=unix:path=/none \"$0\" doctor"_s);
    QVERIFY2(cli->exitCode() == 0, cli->output().constData()); // servers have none
    QVERIFY2(cli->output().contains("note  Keychain: The keychain cannot be reached"),
             cli->output().constData());
}

void TestCliCredentials::doctorWithLockedKeychain()
{
    if (!m_hasKeychain)
        QSKIP("There is no keychain to be had here");
    QVERIFY(m_keychain.lock());
    QByteArray output;
    const int exitCode = run({u"doctor"_s}, {}, &output);
    QVERIFY(m_keychain.unlock());
    QCOMPARE(exitCode, 1);
    QVERIFY2(output.contains("MEND  Keychain: The keychain is locked"), output.constData());
    QVERIFY2(output.endsWith("\n1 thing needs mending.\n"), output.constData());
}

void TestCliCredentials::doctorAndOpenDirectory()
{
    const QString runtime = path(u"runtime"_s);
    QVERIFY(QDir().mkpath(runtime + u"/qtdelivery"_s));
    QFile::setPermissions(runtime, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile::setPermissions(runtime + u"/qtdelivery"_s,
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeOther
                              | QFile::ReadOther);
    const auto cli = CliProcess::shell(u"XDG_RUNTIME_DIR=%1 \"$0\" doctor"_s.arg(runtime));
    QCOMPARE(cli->exitCode(), 1);
    QVERIFY2(cli->output().contains("MEND  Directory: others may enter " + runtime.toUtf8()),
             cli->output().constData());
    const auto file = CliProcess::shell(u"TMPDIR=/dev/null \"$0\" doctor"_s);
    QCOMPARE(file->exitCode(), 1);
    QVERIFY2(file->output().contains("MEND  Directory: /dev/null is no directory."),
             file->output().constData());
}

void TestCliCredentials::doctorUsage()
{
    QCOMPARE(run({u"doctor"_s, u"--all"_s}, {}), 2);
}

QTEST_GUILESS_MAIN(TestCliCredentials)
#include "tst_clicredentials.moc"
