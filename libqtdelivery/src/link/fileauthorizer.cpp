// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "words/text.h"

#include <QtDelivery/fileauthorizer.h>

#include <QFile>
#include <QRegularExpression>
#include <QUrl>

namespace QtDelivery {

namespace {

constexpr qsizetype PinBytes = 32;

} // namespace

FileAuthorizer::FileAuthorizer() = default;
FileAuthorizer::~FileAuthorizer() = default;

bool FileAuthorizer::parse(const QString &line, Rule *rule)
{
    static const QRegularExpression form(QStringLiteral(
        "^(secret:|certificate:|pin:|anyone(?=\\s))(\\S*)\\s+(produce|consume)\\s+(.+)$"));
    const QRegularExpressionMatch match = form.match(line);
    if (!match.hasMatch())
        return false;
    const QString kind = match.captured(1);
    rule->name = QUrl::fromPercentEncoding(match.captured(2).toUtf8());
    if (kind == QLatin1StringView("anyone")) {
        rule->who = Who::Anyone;
    } else if (kind == QLatin1StringView("pin:")) {
        rule->who = Who::Pin;
        rule->pin = QByteArray::fromHex(match.captured(2).toLatin1());
        if (match.captured(2).size() != 2 * PinBytes || rule->pin.size() != PinBytes)
            return false;
    } else {
        rule->who = kind == QLatin1StringView("secret:") ? Who::Secret : Who::Certificate;
        if (rule->name.isEmpty())
            return false;
    }
    rule->mayProduce = match.captured(3) == QLatin1StringView("produce");
    rule->flow = match.captured(4);
    rule->isPrefix = rule->flow.endsWith(QLatin1Char('*'));
    if (rule->isPrefix)
        rule->flow.chop(1);
    return true;
}

Error FileAuthorizer::load(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return {Error::Code::InvalidSetting,
                //: %1 is the name of a file, %2 the system's reason
                Text::tr("The rules in %1 cannot be read: %2.").arg(fileName, file.errorString())};
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    QList<Rule> rules;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        Rule rule;
        if (!parse(line, &rule))
            return {
                Error::Code::InvalidSetting,
                //: %1 is the name of a file, %2 a line's number
                Text::tr("%1, line %2 is not a rule: write who, \"produce\" or \"consume\", and "
                         "the flow, such as: secret:press produce orders")
                    .arg(fileName)
                    .arg(i + 1)};
        rules.append(rule);
    }
    m_rules = rules;
    return {};
}

bool FileAuthorizer::fits(const Rule &rule, const PeerIdentity &peer)
{
    switch (rule.who) {
    case Who::Secret:
        return peer.secretName == rule.name;
    case Who::Certificate:
        return peer.certificateNames.contains(rule.name);
    case Who::Pin:
        return peer.pin == rule.pin;
    case Who::Anyone:
        return true;
    }
    return false;
}

bool FileAuthorizer::isAllowed(const PeerIdentity &peer, bool produces, const QString &flow) const
{
    return std::any_of(m_rules.begin(), m_rules.end(), [&](const Rule &rule) {
        const bool named =
            flow.isEmpty() || flow == rule.flow || (rule.isPrefix && flow.startsWith(rule.flow));
        return rule.mayProduce == produces && named && fits(rule, peer);
    });
}

bool FileAuthorizer::mayProduce(const PeerIdentity &peer, const QString &producerId) const
{
    return Authorizer::mayProduce(peer, producerId) || isAllowed(peer, true, producerId);
}

bool FileAuthorizer::mayConsume(const PeerIdentity &peer, const QString &producerId) const
{
    return Authorizer::mayConsume(peer, producerId) || isAllowed(peer, false, producerId);
}

} // namespace QtDelivery
