// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QFile>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

// `qtdelivery top` as people use it: in a terminal, which has a width, keys and a way to behave
// that must be as it was afterwards.

namespace {

/*! A terminal of the system's, at whose other end a test sits. */
class Terminal
{
public:
    explicit Terminal(unsigned short columns)
        : m_master(::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC))
        , m_notifier(m_master, QSocketNotifier::Read)
    {
        if (::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
            qFatal("there is no terminal");
        m_slave = ::open(::ptsname(m_master), O_RDWR | O_NOCTTY | O_CLOEXEC);
        const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
        ::ioctl(m_slave, TIOCSWINSZ, &size);
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { read(); });
    }
    ~Terminal()
    {
        m_notifier.setEnabled(false);
        ::close(m_slave);
        ::close(m_master);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    /*! Standard input and output of \a process, which has not been started. */
    void give(QProcess &process)
    {
        process.setChildProcessModifier([slave = m_slave] {
            ::dup2(slave, STDIN_FILENO);
            ::dup2(slave, STDOUT_FILENO);
        });
    }

    void press(char key) { QCOMPARE(::write(m_master, &key, 1), 1); }
    [[nodiscard]] bool echoes() const
    {
        termios settings = {};
        return ::tcgetattr(m_slave, &settings) == 0 && (settings.c_lflag & ECHO) != 0;
    }
    /*! The lines of the last screen that is complete. */
    [[nodiscard]] QStringList screen() const
    {
        const qsizetype end = m_shown.lastIndexOf("\x1b[J");
        const qsizetype begin = end < 0 ? -1 : m_shown.lastIndexOf("\x1b[H", end);
        if (begin < 0)
            return {};
        QString text = QString::fromUtf8(m_shown.mid(begin + 3, end - begin - 3));
        return text.remove(u"\x1b[K"_s).remove(u'\r').split(u'\n', Qt::SkipEmptyParts);
    }

private:
    void read()
    {
        char bytes[4096];
        for (ssize_t count = 0; (count = ::read(m_master, bytes, sizeof bytes)) > 0;)
            m_shown.append(bytes, count);
    }

    int m_master;
    int m_slave = -1;
    QSocketNotifier m_notifier;
    QByteArray m_shown;
};

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void reasonFits_data();
    void reasonFits();

private:
    QTemporaryDir m_runtime;
};

void TestTerminal::initTestCase()
{
    QVERIFY(m_runtime.isValid());
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_runtime.path()));
    qputenv("QTDELIVERY_MONITOR", "1");
}

void TestTerminal::reasonFits_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<QStringList>("shown");
    QTest::addColumn<QStringList>("leftOut");
    QTest::newRow("wide") << 250 << QStringList{u"Role"_s, u"Node"_s, u"Other node"_s}
                          << QStringList();
    QTest::newRow("80 columns") << 80 << QStringList{u"Role"_s, u"Backlog"_s}
                                << QStringList{u"Node"_s, u"Other node"_s};
    QTest::newRow("narrow") << 60 << QStringList{u"In flight"_s}
                            << QStringList{u"Node"_s, u"Backlog"_s};
}

void TestTerminal::reasonFits()
{
    QFETCH(int, columns);
    QFETCH(QStringList, shown);
    QFETCH(QStringList, leftOut);
    PortFile portFile;
    CliProcess sender(sendArguments(u"orders"_s, portFile.listen()), CliProcess::Input::Open);
    QVERIFY(portFile.port() != 0);

    Terminal terminal{static_cast<unsigned short>(columns)};
    QProcess top;
    top.setProcessEnvironment(CliProcess::environment());
    terminal.give(top);
    top.start(CliProcess::program(), {u"top"_s});
    QTRY_VERIFY(terminal.screen().value(2).contains(u"No consumer is attached."));
    const QStringList screen = terminal.screen();
    QVERIFY(screen[2].startsWith(u"orders "));
    for (const QString &line : screen)
        QVERIFY2(line.size() <= columns, qPrintable(line));
    for (const QString &title : shown)
        QVERIFY2(screen[1].contains(title), qPrintable(screen[1]));
    for (const QString &title : leftOut)
        QVERIFY2(!screen[1].contains(title), qPrintable(screen[1]));

    QVERIFY(!terminal.echoes());
    terminal.press('q');
    QTRY_COMPARE(top.state(), QProcess::NotRunning);
    QCOMPARE(top.exitCode(), 0);
    QVERIFY(terminal.echoes()); // as it was
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
