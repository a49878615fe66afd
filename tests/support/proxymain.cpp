// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "cuttingproxy.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>

using namespace TestSupport;

namespace {

struct ProxyOptions
{
    quint16 target = 0;
    QString portFile;
    CutKind kind = CutKind::Reset;
    std::chrono::milliseconds every{0};
    qint64 afterBytes = 0;
    int maxCuts = 0;
    std::chrono::milliseconds refuse{0};
    std::chrono::milliseconds delay{0};
    qint64 rate = 0;
};

std::chrono::milliseconds seconds(const QString &text)
{
    return std::chrono::milliseconds(qRound64(text.toDouble() * 1000));
}

ProxyOptions parse()
{
    const QCommandLineOption target(QStringLiteral("target"),
                                    QStringLiteral("Port of this machine to forward to."),
                                    QStringLiteral("PORT"));
    const QCommandLineOption portFile(QStringLiteral("port-file"),
                                      QStringLiteral("Where to write the own port."),
                                      QStringLiteral("F"));
    const QCommandLineOption cutEvery(QStringLiteral("cut-every"),
                                      QStringLiteral("Cut in this interval."),
                                      QStringLiteral("SECONDS"));
    const QCommandLineOption cutAfter(QStringLiteral("cut-after-bytes"),
                                      QStringLiteral("Cut after each N bytes to the target."),
                                      QStringLiteral("N"));
    const QCommandLineOption cutWith(QStringLiteral("cut-with"),
                                     QStringLiteral("How: reset (default) or finish."),
                                     QStringLiteral("KIND"), QStringLiteral("reset"));
    const QCommandLineOption maxCuts(QStringLiteral("max-cuts"),
                                     QStringLiteral("Cut no more than N times."),
                                     QStringLiteral("N"), QStringLiteral("1000000"));
    const QCommandLineOption refuseFor(QStringLiteral("refuse-for"),
                                       QStringLiteral("Refuse connections so long after a cut."),
                                       QStringLiteral("SECONDS"));
    const QCommandLineOption delay(QStringLiteral("delay"), QStringLiteral("Delay each direction."),
                                   QStringLiteral("SECONDS"));
    const QCommandLineOption rate(QStringLiteral("limit-rate"),
                                  QStringLiteral("Limit each direction."), QStringLiteral("BYTES"));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Forwards TCP connections and cuts them; for tests and demonstrations."));
    parser.addHelpOption();
    parser.addOptions(
        {target, portFile, cutEvery, cutAfter, cutWith, maxCuts, refuseFor, delay, rate});
    parser.process(QCoreApplication::arguments());
    return {.target = parser.value(target).toUShort(),
            .portFile = parser.value(portFile),
            .kind = parser.value(cutWith) == u"finish" ? CutKind::Finish : CutKind::Reset,
            .every = seconds(parser.value(cutEvery)),
            .afterBytes = parser.value(cutAfter).toLongLong(),
            .maxCuts = parser.value(maxCuts).toInt(),
            .refuse = seconds(parser.value(refuseFor)),
            .delay = seconds(parser.value(delay)),
            .rate = parser.value(rate).toLongLong()};
}

bool writePort(const QString &name, quint16 port)
{
    QSaveFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(QByteArray::number(port) + '\n') > 0
        && file.commit();
}

void apply(CuttingProxy *proxy, const ProxyOptions &options)
{
    using Direction = CuttingProxy::Direction;
    for (const Direction direction : {Direction::ToTarget, Direction::FromTarget}) {
        proxy->setDelay(direction, options.delay);
        proxy->setRate(direction, options.rate);
    }
    if (options.maxCuts > 0 && options.afterBytes > 0)
        proxy->cutAfter(Direction::ToTarget, options.afterBytes, options.kind, options.maxCuts);
    if (options.maxCuts > 0)
        proxy->cutEvery(options.every, options.kind);
    QObject::connect(proxy, &CuttingProxy::linkCut, proxy, [proxy, options](int number) {
        std::printf("cut %d, after %lld bytes\n", number,
                    static_cast<long long>(proxy->forwarded(Direction::ToTarget)));
        std::fflush(stdout);
        if (number >= options.maxCuts)
            proxy->cutEvery(std::chrono::milliseconds(0), options.kind);
        if (options.refuse.count() > 0)
            proxy->refuseFor(options.refuse);
    });
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const ProxyOptions options = parse();
    CuttingProxy proxy;
    if (options.target == 0 || !proxy.start(options.target)) {
        std::fputs("A --target port is needed, and a free port to listen on.\n", stderr);
        return 1;
    }
    apply(&proxy, options);
    if (!options.portFile.isEmpty() && !writePort(options.portFile, proxy.port())) {
        std::fputs("The port file cannot be written.\n", stderr);
        return 1;
    }
    return QCoreApplication::exec();
}
