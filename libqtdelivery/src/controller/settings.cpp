// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "controller/quoted.h"
#include "controller/settingsfields.h"
#include "core/frames.h"

#include <QCoreApplication>
#include <QSettings>
#include <QStringList>
#include <QVariant>

#include <algorithm>
#include <type_traits>

namespace QtDelivery {

namespace {

Error invalid(QString message)
{
    return Error(Error::Code::InvalidSetting, std::move(message));
}

QString withUnit(const QString &number, SettingsUnit unit)
{
    switch (unit) {
    case SettingsUnit::None:
    case SettingsUnit::Path:
        break;
    case SettingsUnit::Bytes:
        //: %1 is a number of bytes, a limit or a value in a message about a setting
        return QCoreApplication::translate("QtDelivery", "%1 bytes").arg(number);
    case SettingsUnit::Milliseconds:
        //: %1 is a number of milliseconds, a limit or a value in a message about a setting
        return QCoreApplication::translate("QtDelivery", "%1 ms").arg(number);
    }
    return number;
}

/*! What allowed values look like, for a message: "between 1 and 1000000", "true or false" … */
template <typename Settings> QString allowed(const SettingsField<Settings> &field)
{
    if (std::holds_alternative<bool Settings::*>(field.member)) {
        //: Completes "it must be …"; true and false are keywords
        return QCoreApplication::translate("QtDelivery", "true or false");
    }
    if (field.unit == SettingsUnit::Path) {
        //: Completes "it must be …"
        return QCoreApplication::translate("QtDelivery", "empty or a path of at most 4096 bytes");
    }
    if (std::holds_alternative<QString Settings::*>(field.member)) {
        //: Completes "it must be …"
        return QCoreApplication::translate(
            "QtDelivery", "empty or 1 to 255 bytes of UTF-8 without control characters");
    }
    const QString min = QString::number(field.min);
    const QString max = QString::number(field.max);
    if (std::holds_alternative<double Settings::*>(field.member)) {
        //: Completes "it must be …"; %1 and %2 are numbers
        return QCoreApplication::translate("QtDelivery", "a number between %1 and %2")
            .arg(min, max);
    }
    //: Completes "it must be …"; %1 and %2 are numbers, perhaps with a unit
    return QCoreApplication::translate("QtDelivery", "a whole number between %1 and %2")
        .arg(withUnit(min, field.unit), withUnit(max, field.unit));
}

template <typename Settings>
Error outOfRange(const SettingsField<Settings> &field, const QString &prefix, const QString &value)
{
    //: %1 is a setting's name, %2 its value, %3 one of the texts that complete "it must be …"
    return invalid(QCoreApplication::translate("QtDelivery", "%1 is %2; it must be %3.")
                       .arg(prefix + field.name, value, allowed(field)));
}

bool isPossiblePath(const QString &path)
{
    return path.toUtf8().size() <= 4096 && !path.contains(QChar(0));
}

template <typename Settings>
Error checkField(const Settings &settings, const SettingsField<Settings> &field,
                 const QString &prefix)
{
    const auto check = [&](auto member) -> Error {
        const auto &value = settings.*member;
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, QString>) {
            const bool isPossible = field.unit == SettingsUnit::Path
                ? isPossiblePath(value)
                : value.isEmpty() || isValidId(value);
            if (!isPossible)
                return outOfRange(field, prefix, quoted(value));
        } else if constexpr (std::is_same_v<Value, double>) {
            // Written such that NaN fails.
            if (!(value >= double(field.min) && value <= double(field.max)))
                return outOfRange(field, prefix, QString::number(value));
        } else if constexpr (!std::is_same_v<Value, bool>) {
            qint64 number = 0;
            if constexpr (std::is_same_v<Value, std::chrono::milliseconds>)
                number = value.count();
            else
                number = value;
            if (number < field.min || number > field.max)
                return outOfRange(field, prefix, withUnit(QString::number(number), field.unit));
        }
        return {};
    };
    return std::visit(check, field.member);
}

template <typename Settings>
Error checkOrder(const Settings &settings, const SettingsOrder<Settings> &order,
                 const QString &prefix)
{
    const auto milliseconds = [&](std::chrono::milliseconds Settings::*member) {
        return withUnit(QString::number((settings.*member).count()), SettingsUnit::Milliseconds);
    };
    if (settings.*order.larger >= settings.*order.smaller * order.factor)
        return {};
    const QString larger = prefix + order.largerName;
    const QString smaller = prefix + order.smallerName;
    if (order.factor == 1) {
        //: %1 and %3 are names of settings, %2 and %4 their values with units
        const QString text = QCoreApplication::translate(
            "QtDelivery", "%1 is %2; it must be at least %3, which is %4.");
        return invalid(
            text.arg(larger, milliseconds(order.larger), smaller, milliseconds(order.smaller)));
    }
    //: %1 and %3 are names of settings, %2 and %4 their values with units, %5 a number
    const QString text = QCoreApplication::translate(
        "QtDelivery", "%1 is %2; it must be at least %5 times %3, which is %4.");
    return invalid(text.arg(larger, milliseconds(order.larger), smaller,
                            milliseconds(order.smaller), QString::number(order.factor)));
}

/*! \a prefix is the group with its slash, or empty. */
template <typename Settings> Error checkAll(const Settings &settings, const QString &prefix)
{
    for (const auto &field : SettingsTable<Settings>::fields) {
        if (Error error = checkField(settings, field, prefix))
            return error;
    }
    for (const auto &order : SettingsTable<Settings>::orders) {
        if (Error error = checkOrder(settings, order, prefix))
            return error;
    }
    return {};
}

// QVariant's own conversions are too kind for a file written by hand: "yes" and "maybe" are both
// true, and a list with one number is that number. These take a value only if it is one.

bool parse(const QVariant &value, bool *out)
{
    if (value.typeId() == QMetaType::Bool) {
        *out = value.toBool();
        return true;
    }
    const QString text = value.typeId() == QMetaType::QString ? value.toString() : QString();
    *out = text == QLatin1StringView("true");
    return *out || text == QLatin1StringView("false");
}

bool parse(const QVariant &value, qint64 *out)
{
    switch (value.typeId()) {
    case QMetaType::QString:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong: {
        bool ok = false;
        *out = value.toString().toLongLong(&ok); // by way of the text, so that nothing wraps round
        return ok;
    }
    default:
        return false;
    }
}

bool parse(const QVariant &value, int *out)
{
    qint64 number = 0;
    if (!parse(value, &number) || number != int(number))
        return false;
    *out = int(number);
    return true;
}

bool parse(const QVariant &value, std::chrono::milliseconds *out)
{
    qint64 number = 0;
    if (!parse(value, &number))
        return false;
    *out = std::chrono::milliseconds(number);
    return true;
}

bool parse(const QVariant &value, double *out)
{
    bool ok = value.typeId() == QMetaType::QString || value.typeId() == QMetaType::Double
        || value.typeId() == QMetaType::Int || value.typeId() == QMetaType::LongLong;
    if (ok)
        *out = value.toDouble(&ok);
    return ok;
}

bool parse(const QVariant &value, QString *out)
{
    *out = value.toString();
    return value.typeId() == QMetaType::QString;
}

/*! What is in the file, for a message; a list shows its parts. */
QString shown(const QVariant &value)
{
    return quoted(value.typeId() == QMetaType::QStringList
                      ? value.toStringList().join(QLatin1StringView(", "))
                      : value.toString());
}

/*! The names of all members, for a message. */
template <typename Settings> QString names()
{
    QStringList names;
    for (const auto &field : SettingsTable<Settings>::fields)
        names.append(field.name);
    return names.join(QLatin1StringView(", "));
}

template <typename Settings>
Error loadField(Settings *settings, const SettingsField<Settings> &field, const QVariant &value,
                const QString &prefix)
{
    const auto parseInto = [&](auto member) { return parse(value, &(settings->*member)); };
    if (!std::visit(parseInto, field.member))
        return outOfRange(field, prefix, shown(value));
    return {};
}

/*! Whether the file behind \a settings could be read at all. */
Error checkStatus(const QSettings &settings)
{
    switch (settings.status()) {
    case QSettings::NoError:
        break;
    case QSettings::AccessError:
        return Error(Error::Code::AccessDenied,
                     //: %1 is the name of a settings file
                     QCoreApplication::translate("QtDelivery", "%1 cannot be read.")
                         .arg(settings.fileName()));
    case QSettings::FormatError:
        //: %1 is the name of a settings file
        return invalid(QCoreApplication::translate("QtDelivery", "%1 is not a settings file.")
                           .arg(settings.fileName()));
    }
    return {};
}

template <typename Settings> Error loadAll(QSettings &settings, Settings *out)
{
    // Before the status: this is when QSettings parses the group.
    const QStringList keys = settings.childKeys();
    if (Error error = checkStatus(settings))
        return error;
    const QString prefix =
        settings.group().isEmpty() ? QString() : settings.group() + QLatin1Char('/');
    Settings loaded;
    for (const QString &key : keys) {
        const auto &fields = SettingsTable<Settings>::fields;
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const auto &field) { return field.name == key; });
        if (field == fields.end()) {
            //: %1 is the key of a setting that does not exist, %2 a list of those that do
            const QString text = QCoreApplication::translate(
                "QtDelivery", "There is no setting %1. The settings here are: %2.");
            return Error(Error::Code::UnknownSetting,
                         text.arg(quoted(prefix + key), names<Settings>()));
        }
        if (Error error = loadField(&loaded, *field, settings.value(key), prefix))
            return error;
    }
    if (Error error = checkAll(loaded, prefix))
        return error;
    *out = loaded;
    return {};
}

template <typename Settings> void storeAll(const Settings &values, QSettings &settings)
{
    for (const auto &field : SettingsTable<Settings>::fields) {
        const auto toVariant = [&](auto member) -> QVariant {
            const auto &value = values.*member;
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::chrono::milliseconds>)
                return qint64(value.count());
            else
                return value;
        };
        settings.setValue(field.name, std::visit(toVariant, field.member));
    }
}

} // namespace

Error ProducerSettings::validate() const
{
    return checkAll(*this, QString());
}

Error ProducerSettings::load(QSettings &settings, ProducerSettings *out)
{
    return loadAll(settings, out);
}

void ProducerSettings::store(QSettings &settings) const
{
    storeAll(*this, settings);
}

Error ConsumerSettings::validate() const
{
    return checkAll(*this, QString());
}

Error ConsumerSettings::load(QSettings &settings, ConsumerSettings *out)
{
    return loadAll(settings, out);
}

void ConsumerSettings::store(QSettings &settings) const
{
    storeAll(*this, settings);
}

Error FileQueueSettings::validate() const
{
    return checkAll(*this, QString());
}

Error FileQueueSettings::load(QSettings &settings, FileQueueSettings *out)
{
    return loadAll(settings, out);
}

void FileQueueSettings::store(QSettings &settings) const
{
    storeAll(*this, settings);
}

Error NodeSettings::validate() const
{
    return checkAll(*this, QString());
}

Error NodeSettings::load(QSettings &settings, NodeSettings *out)
{
    return loadAll(settings, out);
}

void NodeSettings::store(QSettings &settings) const
{
    storeAll(*this, settings);
}

} // namespace QtDelivery
