// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "sampleflows.h"

#include "export/picturefile.h"
#include "palette/statecolours.h"
#include "widgets/chunkmap.h"
#include "widgets/synctimes.h"
#include "widgets/windowovertime.h"
#include "widgets/windowstrip.h"

#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Monitor;
using namespace QtDelivery;
using namespace TestSupport;
using namespace Qt::StringLiterals;
using Role = FlowSnapshot::Role;

// Pictures, painted and looked at: the right state at the right place, in light and dark, sharp or
// not.

class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        // What the offscreen platform says of itself is no fault.
        QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s));
    }

    void strip_data() { looks(); }
    void strip();
    void stripOneEnd();
    void stripNothing();
    void stripDisagreement();
    void stripLargeWindow();
    void stripFollows();
    void stripInWords();
    void stripByKeyboard();
    void overTime_data() { looks(); }
    void overTime();
    void overTimeReason();
    void overTimePausesAndMoves();
    void overTimeInWords();
    void chunks_data() { looks(); }
    void chunks();
    void chunksInWords();
    void syncs_data() { looks(); }
    void syncs();
    void syncsInWords();
    void colours_data() { looks(); }
    void colours();
    void files();

private:
    void looks();
};

namespace {

QPalette paletteOf(bool isDark)
{
    QPalette palette;
    palette.setColor(QPalette::Base, isDark ? QColor(30, 33, 36) : QColor(255, 255, 255));
    palette.setColor(QPalette::Text, isDark ? QColor(235, 235, 235) : QColor(20, 20, 20));
    palette.setColor(QPalette::Window, isDark ? QColor(42, 46, 50) : QColor(239, 240, 241));
    palette.setColor(QPalette::WindowText, palette.color(QPalette::Text));
    return palette;
}

QImage imageOf(Picture &picture, int sharpness = 1)
{
    QImage image(picture.size() * sharpness, QImage::Format_ARGB32);
    image.setDevicePixelRatio(sharpness);
    QPainter painter(&image);
    picture.paintTo(painter);
    return image;
}

/*! How much of \a rect is of the colour \a wanted. */
double share(const QImage &image, const QRectF &rect, const QColor &wanted)
{
    const double ratio = image.devicePixelRatio();
    const QRect pixels =
        QRectF(rect.topLeft() * ratio, rect.size() * ratio).toAlignedRect() & image.rect();
    int count = 0;
    for (int y = pixels.top(); y <= pixels.bottom(); ++y) {
        for (int x = pixels.left(); x <= pixels.right(); ++x)
            count += image.pixelColor(x, y).rgb() == wanted.rgb() ? 1 : 0;
    }
    return pixels.isEmpty() ? 0 : double(count) / (pixels.width() * pixels.height());
}

FlowPair samplePair()
{
    return {FlowEnd{.source = u"a"_s, .flow = sampleProducer()},
            FlowEnd{.source = u"b"_s, .flow = sampleConsumer()}};
}

FlowHistory historyTo(qint64 seconds, BlockedReason reason = BlockedReason::None)
{
    FlowHistory history;
    FlowSnapshot flow = sampleProducer();
    for (qint64 tenth = 0; tenth <= seconds * 10; ++tenth) {
        flow.confirmedSeqNr = flow.receivedSeqNr = tenth;
        flow.sentSeqNr = tenth + 50;
        flow.grantedSeqNr = tenth + 100;
        flow.nextSeqNr = tenth + 61;
        flow.blocked.reason = reason;
        history.add(flow, 1'700'000'000'000'000 + tenth * 100'000);
    }
    return history;
}

} // namespace

void TestPictures::looks()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<int>("sharpness");
    QTest::newRow("light") << false << 1;
    QTest::newRow("dark") << true << 1;
    QTest::newRow("light, sharp") << false << 2;
    QTest::newRow("dark, sharp") << true << 2;
}

void TestPictures::strip()
{
    QFETCH(bool, isDark);
    QFETCH(int, sharpness);
    WindowStrip strip;
    strip.setPalette(paletteOf(isDark));
    strip.resize(1000, 260);
    strip.setFlow(samplePair(), nullptr);
    const QImage image = imageOf(strip, sharpness);
    const auto isState = [&](qint64 seqNr, Role role, SeqState state) {
        const QRectF cell = strip.cellOf(seqNr, role).adjusted(2, 2, -2, -2);
        const StateStyle style = styleOf(state, strip.palette());
        return !cell.isEmpty() && share(image, cell, style.fill) > 0.3;
    };
    QVERIFY(isState(10, Role::Producer, SeqState::Confirmed));
    QVERIFY(isState(12, Role::Producer, SeqState::Received));
    QVERIFY(isState(18, Role::Producer, SeqState::InFlight));
    QVERIFY(isState(22, Role::Producer, SeqState::Ready));
    QVERIFY(isState(28, Role::Producer, SeqState::Granted));
    QVERIFY(isState(11, Role::Consumer, SeqState::Delivered));
    QVERIFY(isState(13, Role::Consumer, SeqState::Received));
    QVERIFY(isState(16, Role::Consumer, SeqState::Resend));
    QVERIFY(isState(18, Role::Consumer, SeqState::Received));
    QVERIFY(!isState(11, Role::Producer, SeqState::Delivered));
    QVERIFY(!isState(12, Role::Consumer, SeqState::Resend));
    const QRectF beyond = strip.cellOf(33, Role::Producer).adjusted(2, 2, -2, -2);
    QVERIFY(share(image, beyond, strip.palette().color(QPalette::Base)) > 0.9);
}

void TestPictures::stripOneEnd()
{
    WindowStrip strip;
    strip.resize(900, 260);
    FlowPair pair = samplePair();
    pair.consumer.reset();
    strip.setFlow(pair, nullptr);
    QVERIFY(strip.cellOf(12, Role::Consumer).isNull());
    QVERIFY(!strip.cellOf(12, Role::Producer).isNull());
    QVERIFY(!imageOf(strip).isNull());
}

void TestPictures::stripNothing()
{
    WindowStrip strip;
    strip.resize(500, 200);
    strip.clear();
    QCOMPARE(strip.seqNrAt(QPointF(250, 60)), 0);
    QCOMPARE(strip.summary(), u"No flow is selected."_s);
    QVERIFY(!imageOf(strip).isNull());
}

void TestPictures::stripDisagreement()
{
    WindowStrip strip;
    strip.setPalette(paletteOf(false));
    strip.resize(1000, 260);
    FlowPair pair = samplePair();
    pair.consumer->flow.receivedSeqNr = 26; // the producer has not sent that
    strip.setFlow(pair, nullptr);
    const QColor wrong = colourOf(Disagreement::Kind::Contradiction, strip.palette());
    const QImage image = imageOf(strip);
    QVERIFY(share(image, strip.disagreementOf(25), wrong) > 0.2);
    QCOMPARE(share(image, strip.disagreementOf(20), wrong), 0);
    QVERIFY(strip.describe(25).contains(u"never sent"_s));
}

void TestPictures::stripLargeWindow()
{
    // One message of a hundred thousand that somebody waits for is still seen.
    WindowStrip strip;
    strip.setPalette(paletteOf(false));
    strip.resize(800, 260);
    FlowPair pair = samplePair();
    FlowSnapshot &flow = pair.consumer->flow;
    flow.ranges.clear();
    flow.confirmedSeqNr = 1'000'000;
    flow.deliveredSeqNr = 1'000'001;
    flow.receivedSeqNr = flow.sentSeqNr = 1'050'000;
    flow.grantedSeqNr = 1'100'000;
    pair.producer.reset();
    strip.setFlow(pair, nullptr);
    const QRectF cell = strip.cellOf(1'000'001, Role::Consumer);
    QVERIFY(cell.width() < 1);
    const QColor delivered = styleOf(SeqState::Delivered, strip.palette()).fill;
    QVERIFY(share(imageOf(strip), cell.adjusted(0, 4, 3, -4), delivered) > 0.2);
}

void TestPictures::stripFollows()
{
    WindowStrip strip;
    strip.resize(800, 260);
    FlowPair pair = samplePair();
    strip.setFlow(pair, nullptr);
    const double width = strip.cellOf(12, Role::Producer).width();
    for (FlowEnd *end : {&*pair.producer, &*pair.consumer}) {
        end->flow.confirmedSeqNr += 5000;
        end->flow.deliveredSeqNr += 5000;
        end->flow.receivedSeqNr += 5000;
        end->flow.sentSeqNr += 5000;
        end->flow.grantedSeqNr += 5000;
    }
    strip.setFlow(pair, nullptr);
    QVERIFY(!strip.cellOf(5011, Role::Producer).isNull());
    QCOMPARE(strip.cellOf(5011, Role::Producer).width(), width); // the eye can follow
}

void TestPictures::stripInWords()
{
    WindowStrip strip;
    strip.resize(800, 260);
    FlowPair pair = samplePair();
    pair.producer->flow.blocked.reason = BlockedReason::WaitingForGrant;
    strip.setFlow(pair, nullptr);
    QCOMPARE(strip.summary(),
             u"Flow orders\n"
             "Producer: 1–10 Confirmed; 11–15 Received, buffered; 16–20 In flight; "
             "21–24 Ready to be sent; 25–30 Granted, unused\n"
             "Consumer: 1–10 Confirmed; 11 Delivered, waiting for confirmation; "
             "12–15 Received, buffered; 16–17 Missing, to be sent again; 18–19 Received, buffered; "
             "20 In flight; 21–30 Granted, unused\n"
             "The window is used up until the consumer confirms."_s);
    QCOMPARE(strip.accessibleDescription(), strip.summary());
    QVERIFY(!strip.accessibleName().isEmpty());
    const QString eleven = strip.describe(11);
    QVERIFY(eleven.contains(u"Message 11\n"_s));
    QVERIFY(eleven.contains(u"Consumer: Delivered"_s));
    QVERIFY(eleven.contains(u"it waits for 2 s"_s));
    QVERIFY(eleven.contains(u"Size: about 100 bytes"_s));
}

void TestPictures::stripByKeyboard()
{
    WindowStrip strip;
    strip.resize(800, 260);
    strip.setFlow(samplePair(), nullptr);
    QTest::keyClick(&strip, Qt::Key_Home);
    QVERIFY(strip.accessibleDescription().startsWith(u"Message 11\n"_s));
    QTest::keyClick(&strip, Qt::Key_Right);
    QVERIFY(strip.accessibleDescription().startsWith(u"Message 12\n"_s));
    QTest::keyClick(&strip, Qt::Key_Left);
    QTest::keyClick(&strip, Qt::Key_Left);
    QVERIFY(strip.accessibleDescription().startsWith(u"Message 10\n"_s));
    QCOMPARE(strip.seqNrAt(strip.cellOf(15, Role::Consumer).center()), 15);
}

void TestPictures::overTime()
{
    QFETCH(bool, isDark);
    QFETCH(int, sharpness);
    WindowOverTime picture;
    picture.setPalette(paletteOf(isDark));
    picture.resize(900, 400);
    const FlowHistory history = historyTo(30);
    const qint64 now = history.samples().back().time;
    picture.setFlow(u"orders"_s, &history, nullptr, now);
    const QImage image = imageOf(picture, sharpness);
    const auto isNear = [&](qint64 seqNr, BoundaryLine line) {
        const QPointF at = picture.pointOf(now - 10'000'000, seqNr);
        const QColor colour = colourOf(line, picture.palette());
        return share(image, QRectF(at - QPointF(4, 4), QSizeF(8, 8)), colour) > 0.03;
    };
    // Ten seconds ago 200 were confirmed.
    QVERIFY(isNear(200, BoundaryLine::Confirmed));
    QVERIFY(isNear(250, BoundaryLine::Sent));
    QVERIFY(!isNear(250, BoundaryLine::Confirmed));
    QVERIFY(!isNear(225, BoundaryLine::Sent));
}

void TestPictures::overTimeReason()
{
    WindowOverTime picture;
    picture.setPalette(paletteOf(false));
    picture.resize(900, 400);
    const FlowHistory blocked = historyTo(30, BlockedReason::LinkDown);
    const FlowHistory free = historyTo(30);
    const qint64 now = free.samples().back().time;
    const QColor base = picture.palette().color(QPalette::Base);
    const auto baseShare = [&](const FlowHistory &history) {
        picture.setFlow(u"orders"_s, &history, nullptr, now);
        const QPointF at = picture.pointOf(now - 15'000'000, 60);
        return share(imageOf(picture), QRectF(at - QPointF(20, 8), QSizeF(40, 16)), base);
    };
    QVERIFY(baseShare(free) > 0.6);
    QVERIFY(baseShare(blocked) < 0.1);
    QVERIFY(picture.describe(now - 1'000'000).endsWith(u"Link down"_s));
}

void TestPictures::overTimePausesAndMoves()
{
    WindowOverTime picture;
    picture.resize(900, 400);
    const FlowHistory history = historyTo(30);
    const qint64 now = history.samples().back().time;
    picture.setFlow(u"orders"_s, &history, nullptr, now);
    QCOMPARE(picture.end(), now);
    picture.setPaused(true);
    picture.setFlow(u"orders"_s, &history, nullptr, now + 5'000'000);
    QCOMPARE(picture.end(), now);
    QTest::keyClick(&picture, Qt::Key_Space);
    QVERIFY(!picture.isPaused());
    picture.setFlow(u"orders"_s, &history, nullptr, now + 5'000'000);
    QCOMPARE(picture.end(), now + 5'000'000); // it was collected

    const qint64 span = picture.span();
    QTest::keyClick(&picture, Qt::Key_Plus);
    QVERIFY(picture.span() < span);
    QCOMPARE(picture.end(), now + 5'000'000);
    QTest::keyClick(&picture, Qt::Key_Left);
    QVERIFY(!picture.isFollowing());
    const qint64 end = picture.end();
    picture.setFlow(u"orders"_s, &history, nullptr, now + 9'000'000);
    QCOMPARE(picture.end(), end);
    QTest::keyClick(&picture, Qt::Key_End);
    QVERIFY(picture.isFollowing());
    QCOMPARE(picture.end(), now + 9'000'000);
    for (int i = 0; i < 100; ++i)
        picture.zoom(0.5);
    QCOMPARE(picture.span(), WindowOverTime::ShortestSpan);
    for (int i = 0; i < 100; ++i)
        picture.zoom(2);
    QCOMPARE(picture.span(), WindowOverTime::LongestSpan);
    QVERIFY(!imageOf(picture).isNull());
    picture.setFlow(u"another"_s, &history, nullptr, now);
    QVERIFY(picture.isFollowing());
}

void TestPictures::overTimeInWords()
{
    WindowOverTime picture;
    picture.resize(900, 400);
    QCOMPARE(picture.summary(), u"No flow is selected."_s);
    const FlowHistory history = historyTo(20, BlockedReason::HandlerBusy);
    picture.setFlow(u"orders"_s, &history, nullptr, history.samples().back().time);
    QVERIFY(picture.summary().contains(u"Confirmed: from 0 to 200, 10/s"_s));
    QVERIFY(picture.summary().contains(u"Application busy: for 20 s"_s));
}

namespace {

Transfer sampleTransfer()
{
    return {.seqNr = 7,
            .totalBytes = 16'000'000,
            .transmitted = {{0, 9'999'999}},
            .received = {{0, 7'999'999}},
            .resent = {{4'000'000, 5'999'999}},
            .transmittedBytes = 10'000'000,
            .receivedBytes = 8'000'000,
            .rate = 2'000'000};
}

} // namespace

void TestPictures::chunks()
{
    QFETCH(bool, isDark);
    QFETCH(int, sharpness);
    ChunkMap map;
    map.setPalette(paletteOf(isDark));
    map.resize(700, 350);
    map.setTransfer(sampleTransfer());
    QVERIFY(map.cellCount() > 100);
    const QImage image = imageOf(map, sharpness);
    const auto isState = [&](qint64 byte, ChunkState state) {
        return share(image, map.cellOf(byte).adjusted(1, 1, -1, -1),
                     styleOf(state, map.palette()).fill)
            > 0.3;
    };
    QVERIFY(isState(1'000'000, ChunkState::Received));
    QVERIFY(isState(5'000'000, ChunkState::Resent));
    QVERIFY(isState(9'000'000, ChunkState::InFlight));
    QVERIFY(isState(13'000'000, ChunkState::Missing));
    QVERIFY(!isState(13'000'000, ChunkState::InFlight));
}

void TestPictures::chunksInWords()
{
    ChunkMap map;
    map.resize(700, 350);
    QVERIFY(!imageOf(map).isNull()); // and says what is missing
    Transfer transfer = sampleTransfer();
    map.setTransfer(transfer);
    QCOMPARE(map.headline(), u"Message 7: 8.0 MB of 16.0 MB (50 %), 2.0 MB/s, 4 s left"_s);
    QVERIFY(map.summary().contains(u"In flight: about 2.0 MB"_s));
    transfer.isVerified = true;
    transfer.end = 8'000'000;
    map.setTransfer(transfer);
    QVERIFY(map.headline().contains(u"all of 16.0 MB has arrived and is verified, in 8 s"_s));
}

namespace {

/*! 1000 syncs of 200 µs, ten of 3 ms, one of 20 s. */
StorageSnapshot sampleStorage()
{
    StorageSnapshot storage;
    storage.bytes = 16'777'216;
    storage.files = 2;
    for (int i = 0; i < 1000; ++i)
        storage.addSync(200);
    for (int i = 0; i < 10; ++i)
        storage.addSync(3000);
    storage.addSync(20'000'000);
    return storage;
}

} // namespace

void TestPictures::syncs()
{
    QFETCH(bool, isDark);
    QFETCH(int, sharpness);
    SyncTimes picture;
    picture.setPalette(paletteOf(isDark));
    picture.resize(900, 200);
    picture.setStorage(sampleStorage());
    const QImage image = imageOf(picture, sharpness);
    const QColor fill = styleOf(SeqState::InFlight, picture.palette()).fill;
    for (const int step : {8, 12, StorageSnapshot::MaxSteps - 1}) {
        QVERIFY(picture.rect().contains(picture.barOf(step).toAlignedRect()));
        QVERIFY(share(image, picture.barOf(step).adjusted(1, 1, -1, -1), fill) > 0.3);
    }
    QVERIFY(picture.barOf(9).isEmpty());
    // The few are not overlooked beside the many.
    QVERIFY(picture.barOf(8).height() > picture.barOf(12).height() * 2);
    QVERIFY(picture.barOf(24).height() > picture.barOf(8).height() / 20);
    QVERIFY(picture.barOf(8).right() < picture.barOf(12).left());
    picture.setLayoutDirection(Qt::RightToLeft);
    QVERIFY(picture.barOf(8).left() > picture.barOf(12).right());
}

void TestPictures::syncsInWords()
{
    SyncTimes picture;
    picture.resize(500, 160);
    QVERIFY(!imageOf(picture).isNull());
    QVERIFY(picture.summary().contains(u"does not tell"_s));
    QCOMPARE(storageText({}), QString());
    picture.setStorage(sampleStorage());
    QVERIFY(!imageOf(picture).isNull());
    QCOMPARE(picture.summary().split(u'\n'),
             (QStringList{u"Size: 16.8 MB, files: 2. Syncs: 1,011; half of them took at most "
                          "256 µs, 99 of 100 at most 4.10 ms, the longest at most 16 s."_s,
                          u"≤ 256 µs: 1,000"_s, u"≤ 4.10 ms: 10"_s, u"> 8 s: 1"_s}));
    QVERIFY(picture.accessibleDescription().contains(u"1,011"_s));
}

void TestPictures::colours()
{
    QFETCH(bool, isDark);
    const QPalette palette = paletteOf(isDark);
    QCOMPARE(Monitor::isDark(palette), isDark);
    QList<StateStyle> styles;
    for (int state = 0; state < SeqStateCount; ++state)
        styles.append(styleOf(SeqState(state), palette));
    const auto distance = [](const QColor &a, const QColor &b) {
        return qAbs(a.red() - b.red()) + qAbs(a.green() - b.green()) + qAbs(a.blue() - b.blue());
    };
    for (qsizetype i = 0; i < styles.size(); ++i) {
        // Nothing is told by the colour alone, nothing vanishes in the background.
        QVERIFY(distance(styles[i].fill, palette.color(QPalette::Base)) > 30);
        for (qsizetype j = i + 1; j < styles.size(); ++j) {
            QVERIFY(distance(styles[i].fill, styles[j].fill) > 40);
            const bool isOfOneHatch = styles[i].hatch == styles[j].hatch;
            QVERIFY(!isOfOneHatch || distance(styles[i].fill, styles[j].fill) > 120);
        }
    }
}

void TestPictures::files()
{
    QTemporaryDir directory;
    WindowStrip strip;
    strip.resize(600, 240);
    strip.setFlow(samplePair(), nullptr);
    const QString png = directory.filePath(u"a.png"_s);
    QCOMPARE(strip.save(png), QString());
    QCOMPARE(QImage(png).size(), QSize(1200, 480));
    if (pictureFilter().contains(u"*.svg"_s)) {
        const QString svg = directory.filePath(u"a.svg"_s);
        QCOMPARE(strip.save(svg), QString());
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("<svg"));
    }
    QVERIFY(strip.save(u"/nowhere/a.png"_s).startsWith(u"/nowhere/a.png cannot be written"_s));
}

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
