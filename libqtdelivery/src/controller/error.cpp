// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include <QtDelivery/error.h>
#include <QtDelivery/sendresult.h>

#include <QDebug>
#include <QMetaEnum>

namespace QtDelivery {

QString Error::codeName(Code code)
{
    const char *name = QMetaEnum::fromType<Code>().valueToKey(int(code));
    return name ? QString::fromLatin1(name) : QString::number(int(code));
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "QtDelivery::Error(" << Error::codeName(error.code());
    if (!error.message().isEmpty())
        debug.quote() << ", " << error.message();
    debug << ')';
    return debug;
}

QDebug operator<<(QDebug debug, const SendResult &result)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "QtDelivery::SendResult(";
    if (result.isAccepted())
        debug << "seqNr " << result.seqNr();
    else
        debug << result.error();
    debug << ')';
    return debug;
}

} // namespace QtDelivery
