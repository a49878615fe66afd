// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "finding.h"

#include "keychainservice.h"

#include <QtDelivery/keychaincredentialstore.h>
#include <QtDelivery/monitorregistry.h>

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QStringList>
#include <QTemporaryFile>

namespace Cli {

using namespace std::chrono_literals;
using QtDelivery::Error;
using State = Finding::State;

namespace {

constexpr auto KeychainPatience = 5s;

/*! What is found, in words. */
class FindingText
{
    Q_DECLARE_TR_FUNCTIONS(Finding)
};

/*! \a path, or what is there above it. */
QString existing(const QString &path)
{
    QString at = QDir::cleanPath(path);
    while (!QFileInfo::exists(at) && !QFileInfo(at).isRoot())
        at = QFileInfo(at).path();
    return at;
}

} // namespace

Finding tlsFinding(bool supportsSsl, const QString &backend, const QString &version)
{
    if (!supportsSsl)
        return {State::Mend,
                FindingText::tr(
                    "TLS: Qt has no TLS library that works. Install OpenSSL 3 and Qt's plugin "
                    "for it (libqt6network6 has it on Debian).")};
    if (backend == u"cert-only")
        return {State::Mend,
                FindingText::tr("TLS: Qt found no OpenSSL and can only look at certificates, not "
                                "encrypt. Install OpenSSL 3.")};
    //: %1 is the name of a library, %2 its version
    return {State::Fine, FindingText::tr("TLS: works, by %1 (%2).").arg(backend, version)};
}

Finding keychainFinding()
{
    QtDelivery::KeychainCredentialStore store(keychainService());
    store.setTimeout(KeychainPatience);
    QEventLoop loop;
    qsizetype count = 0;
    Error error;
    store.listNames(&loop, [&](const QtDelivery::Result<QStringList> &names) {
        error = names.error();
        count = names ? names->size() : 0;
        loop.quit();
    });
    loop.exec();
    if (!error)
        return {State::Fine,
                FindingText::tr("Keychain: works, and holds %n credentials of this program.",
                                nullptr, int(count))};
    // Servers have none, and need none.
    const bool isMissing = error.code() == Error::Code::KeychainUnavailable;
    //: %1 is a sentence
    return {isMissing ? State::Note : State::Mend,
            FindingText::tr("Keychain: %1").arg(error.message())};
}

Finding clockFinding(const QDateTime &now)
{
    // Nothing this program meets is older than itself, and no certificate lasts so long.
    const QDateTime earliest(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const QDateTime latest = earliest.addYears(30);
    const QString shown = now.toUTC().toString(Qt::ISODate);
    if (now < earliest || now > latest)
        return {State::Mend,
                //: %1 is a time
                FindingText::tr(
                    "Clock: it says %1, which cannot be. Certificates will seem not yet or no "
                    "longer valid. Set it, or let it be set over the network.")
                    .arg(shown)};
    //: %1 is a time
    return {State::Fine, FindingText::tr("Clock: it says %1, which can be.").arg(shown)};
}

Finding directoryFinding(const QString &path, bool isPrivate)
{
    const QString shown = QDir::toNativeSeparators(path);
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return {State::Mend,
                //: %1 is a path
                FindingText::tr("Directory: %1 is no directory. Remove it.").arg(shown)};
    const QString place = existing(path);
    QTemporaryFile file(place + QStringLiteral("/.qtdelivery-XXXXXX"));
    if (!file.open())
        return {State::Mend,
                //: %1 and %2 are paths, %3 the system's reason
                FindingText::tr("Directory: %1 cannot be used, since nothing can be written to %2 "
                                "(%3). Give this user the right to, or make room.")
                    .arg(shown, QDir::toNativeSeparators(place), file.errorString())};
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    if (isPrivate && info.exists() && (info.permissions() & others))
        return {
            State::Mend,
            //: %1 is a path
            FindingText::tr("Directory: others may enter %1. Forbid it: chmod 700 %1").arg(shown)};
    if (!info.exists())
        return {State::Fine,
                //: %1 is a path
                FindingText::tr("Directory: %1 can be made when it is needed.").arg(shown)};
    //: %1 is a path
    return {State::Fine, FindingText::tr("Directory: %1 can be written to.").arg(shown)};
}

Finding processesFinding()
{
    QStringList names;
    for (const auto &process : QtDelivery::MonitorRegistry::processes())
        names += QStringLiteral("%1 (%2)").arg(process.program).arg(process.pid);
    if (names.isEmpty())
        return {State::Fine,
                FindingText::tr("Processes: none that can be watched. Those started with "
                                "QTDELIVERY_MONITOR=1 can be.")};
    //: %1 is a list of programs
    return {State::Fine,
            FindingText::tr("Processes that can be watched: %1.")
                .arg(names.join(QStringLiteral(", ")))};
}

} // namespace Cli
