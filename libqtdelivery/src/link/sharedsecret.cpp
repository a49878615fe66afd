// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "core/frames.h"
#include "words/text.h"

#include <QtDelivery/sharedsecret.h>

#include <QFile>

namespace QtDelivery {

namespace {

constexpr qsizetype MinSecretBytes = 16;
constexpr qint64 MaxFileBytes = 64 * 1024;

} // namespace

Error SharedSecret::validate() const
{
    if (!isValidId(name))
        return {Error::Code::InvalidSetting,
                Text::tr("The name of a shared secret must be 1 to 255 bytes of UTF-8 without "
                         "control characters.")};
    if (secret.size() < MinSecretBytes)
        return {Error::Code::InvalidSetting,
                //: %1 is its name, %2 a number
                Text::tr("The shared secret %1 is too short: take at least %2 random bytes.")
                    .arg(name)
                    .arg(MinSecretBytes)};
    return {};
}

Error SharedSecret::loadFile(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {Error::Code::InvalidSetting,
                //: %1 is the name of a file, %2 the system's reason
                Text::tr("The secret in %1 cannot be read: %2.").arg(fileName, file.errorString())};
    const QByteArray read = file.read(MaxFileBytes).trimmed();
    const SharedSecret loaded{name, read};
    if (const Error error = loaded.validate())
        return error;
    secret = read;
    return {};
}

} // namespace QtDelivery
