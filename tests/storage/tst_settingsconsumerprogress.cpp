// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "damage.h"
#include "progressconformance.h"

#include <QtDelivery/settingsconsumerprogress.h>

#include <QLoggingCategory>
#include <QSettings>
#include <QTemporaryDir>

#include <algorithm>

using namespace QtDelivery;
using namespace QtDelivery::Test;
using namespace Qt::StringLiterals;
using Code = Error::Code;

class tst_SettingsConsumerProgress : public ProgressConformance
{
    Q_OBJECT

public:
    tst_SettingsConsumerProgress()
        : ProgressConformance(
            [] {
                const auto directory = std::make_shared<QTemporaryDir>();
                return [directory] {
                    return std::make_unique<SettingsConsumerProgress>(
                        directory->filePath(u"progress.ini"_s));
                };
            },
            {.severalConsumersAtOnce = false, .contextBytes = 4096})
    { }

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(u"qtdelivery.storage=false"_s); }
    void tooLongContext();
    void tooManyPairs();
    void oneTurnIsOneWrite();
    void sameRecordIsNotWrittenAgain();
    void recordBeforeLoad();
    void h52_everyByteFlipped();
    void h52_cutAfterEveryByte();
    void goesOnAfterDamage();
    void emptyFileIsNotAnUnknownPair();
    void h54_newerVersionIsRefused();
    void h51_killBetweenWrites();
    void directoryCannotBeMade();
    void h52_unwritable();

private:
    [[nodiscard]] std::unique_ptr<ProgressProbe> open(const QString &path)
    {
        return std::make_unique<ProgressProbe>(std::make_unique<SettingsConsumerProgress>(path),
                                               &m_wrong);
    }
    [[nodiscard]] bool fill(const QString &path, int records);
    [[nodiscard]] ConsumerPosition positionIn(const QString &path);
    void checkDamaged(const QString &directory, const Damage &damage,
                      const QList<ConsumerPosition> &allowed);

    QStringList m_wrong;
    int m_files = 0;
};

/*! Records 1 … \a records, one at a time. */
bool tst_SettingsConsumerProgress::fill(const QString &path, int records)
{
    auto probe = open(path);
    if (!probe->loadNow(testConsumerId(), testProducerId()))
        return false;
    for (int i = 1; i <= records; ++i) {
        if (probe->recordNow(consumerPosition(i, QByteArray::number(i))) != Code::NoError)
            return false;
    }
    return true;
}

ConsumerPosition tst_SettingsConsumerProgress::positionIn(const QString &path)
{
    return open(path)->loadNow(testConsumerId(), testProducerId()).value_or(ConsumerPosition());
}

void tst_SettingsConsumerProgress::tooLongContext()
{
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"p.ini"_s));
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1, QByteArray(4097, 'x'))), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"4097"), qPrintable(probe->lastError()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
}

void tst_SettingsConsumerProgress::tooManyPairs()
{
    constexpr int most = 256;
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"p.ini"_s));
    ConsumerPosition position = consumerPosition(1);
    for (int i = 1; i <= most + 1; ++i) {
        position.producerId = u"p%1"_s.arg(i);
        probe->load(testConsumerId(), position.producerId);
        if (i <= most)
            probe->record(position);
    }
    QVERIFY(probe->waitForAnswers(2 * most + 1));
    QCOMPARE(probe->recordNow(position), Code::LimitReached);
    QVERIFY2(probe->lastError().contains(u"256"), qPrintable(probe->lastError()));
    position.producerId = u"p7"_s;
    QVERIFY(probe->loadNow(testConsumerId(), position.producerId));
    QCOMPARE(probe->recordNow(position), Code::NoError); // in place of another one
}

void tst_SettingsConsumerProgress::oneTurnIsOneWrite()
{
    const QTemporaryDir directory;
    auto probe = open(directory.filePath(u"p.ini"_s));
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (int i = 1; i <= 10; ++i)
        probe->record(consumerPosition(i));
    QVERIFY(probe->waitForRecorded(consumerPosition(10)));
    QCOMPARE(probe->answers().size(), 2);
}

void tst_SettingsConsumerProgress::sameRecordIsNotWrittenAgain()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    const QByteArray before = contentsOf(path);
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    QCOMPARE(contentsOf(path), before);
}

void tst_SettingsConsumerProgress::recordBeforeLoad()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    auto probe = open(path);
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::InvalidArgument);
    QVERIFY(!QFile::exists(path));
    QCOMPARE(probe->loadNow(testConsumerId(), testProducerId()).value().confirmedSeqNr, 0);
}

/*! Loads a file that is damaged: what it gives must be one of \a allowed. */
void tst_SettingsConsumerProgress::checkDamaged(const QString &directory, const Damage &damage,
                                                const QList<ConsumerPosition> &allowed)
{
    // A file of its own each time: QSettings keeps what it has read, for as long as the time of the
    // file seems the same.
    const QString path = QDir(directory).filePath(u"damaged%1.ini"_s.arg(++m_files));
    QVERIFY(write(path, damage.contents));
    auto probe = open(path);
    const auto position = probe->loadNow(testConsumerId(), testProducerId());
    if (!position) {
        QVERIFY2(probe->answers().constLast().error.code() == Code::StorageCorrupt,
                 damage.what.constData());
        QVERIFY2(probe->lastError().contains(QDir::toNativeSeparators(path)),
                 damage.what.constData());
    } else {
        QVERIFY2(allowed.contains(*position), damage.what.constData());
        QVERIFY2(probe->recordNow(consumerPosition(99)) == Code::NoError, damage.what.constData());
    }
    probe->end();
    QFile::remove(path);
    QFile::remove(path + u".owner"_s);
}

void tst_SettingsConsumerProgress::h52_everyByteFlipped()
{
    const QTemporaryDir directory(inMemory());
    const QString path = directory.filePath(u"p.ini"_s);
    QVERIFY(fill(path, 3));
    const QByteArray whole = contentsOf(path);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        for (const int mask : {0x01, 0x20, 0xff}) {
            checkDamaged(directory.path(), flipped(whole, i, mask),
                         {consumerPosition(3, "3"), consumerPosition(2, "2")});
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void tst_SettingsConsumerProgress::h52_cutAfterEveryByte()
{
    const QTemporaryDir directory(inMemory());
    const QString path = directory.filePath(u"p.ini"_s);
    QVERIFY(fill(path, 3));
    const QByteArray whole = contentsOf(path);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        checkDamaged(directory.path(), truncated(whole, size),
                     {consumerPosition(3, "3"), consumerPosition(2, "2")});
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_SettingsConsumerProgress::goesOnAfterDamage()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    QVERIFY(fill(path, 3)); // the third is in the first copy
    const QString torn = directory.filePath(u"torn.ini"_s);
    QByteArray contents = contentsOf(path);
    contents.replace(contents.indexOf("state=") + 20, 8, "!!!!!!!!");
    QVERIFY(write(torn, contents));

    QCOMPARE(positionIn(torn), consumerPosition(2, "2"));
    auto probe = open(torn);
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(5)), Code::NoError);
    QCOMPARE(probe->recordNow(consumerPosition(6)), Code::NoError);
    probe->end();
    QCOMPARE(positionIn(torn), consumerPosition(6));
}

void tst_SettingsConsumerProgress::emptyFileIsNotAnUnknownPair()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    QVERIFY(write(path, {}));
    QCOMPARE(open(path)->loadError(testConsumerId(), testProducerId()), Code::StorageCorrupt);
    QCOMPARE(contentsOf(path), QByteArray());
}

void tst_SettingsConsumerProgress::h54_newerVersionIsRefused()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    QVERIFY(fill(path, 2));
    {
        QSettings settings(path, QSettings::IniFormat);
        QByteArray copy =
            QByteArray::fromBase64(settings.value(u"copy2/state"_s).toString().toLatin1());
        resealAsVersion(&copy, 2);
        settings.setValue(u"copy2/state"_s, QString::fromLatin1(copy.toBase64()));
    }
    const QByteArray before = contentsOf(path);
    QCOMPARE(open(path)->loadError(testConsumerId(), testProducerId()), Code::UnknownFormat);
    QCOMPARE(contentsOf(path), before);
}

// What a process that is killed leaves behind is the file as it is between two writes.
void tst_SettingsConsumerProgress::h51_killBetweenWrites()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"p.ini"_s);
    auto probe = open(path);
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    for (int i = 1; i <= 8; ++i) {
        QCOMPARE(probe->recordNow(consumerPosition(i)), Code::NoError);
        const QString left = directory.filePath(u"left%1.ini"_s.arg(i));
        QVERIFY(QFile::copy(path, left));
        QCOMPARE(positionIn(left), consumerPosition(i));
    }
}

void tst_SettingsConsumerProgress::directoryCannotBeMade()
{
    const QTemporaryDir directory;
    const QString file = directory.filePath(u"file"_s);
    QVERIFY(write(file, "x"));
    auto probe = open(file + u"/below/p.ini"_s);
    QCOMPARE(probe->loadError(testConsumerId(), testProducerId()), Code::StorageFailed);
    QVERIFY2(probe->lastError().contains(file), qPrintable(probe->lastError()));
    QVERIFY(QFile::remove(file));
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId())); // the reason is gone
}

void tst_SettingsConsumerProgress::h52_unwritable()
{
    const QTemporaryDir directory;
    const QString inside = directory.filePath(u"d"_s);
    const QString path = inside + u"/p.ini"_s;
    auto probe = open(path);
    QVERIFY(probe->loadNow(testConsumerId(), testProducerId()));
    QCOMPARE(probe->recordNow(consumerPosition(1)), Code::NoError);
    const QString away = directory.filePath(u"away"_s);
    QVERIFY(QDir().rename(inside, away));
    QVERIFY(write(inside, "a file where the directory was"));
    QCOMPARE(probe->recordNow(consumerPosition(2)), Code::StorageFailed);
    QVERIFY(QFile::remove(inside));
    QVERIFY(QDir().rename(away, inside));
    QCOMPARE(positionIn(path), ConsumerPosition()); // still owned
    QCOMPARE(probe->recordNow(consumerPosition(3)), Code::NoError);
    probe->end();
    QCOMPARE(positionIn(path), consumerPosition(3));
}

QTEST_GUILESS_MAIN(tst_SettingsConsumerProgress)
#include "tst_settingsconsumerprogress.moc"
