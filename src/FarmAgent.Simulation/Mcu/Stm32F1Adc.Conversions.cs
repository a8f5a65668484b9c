using FarmAgent.Simulation.Time;

namespace FarmAgent.Simulation.Mcu;

/// <summary>Conversions one after the other, each with its sampling time and 12.5 clocks (RM0008 section 11.6).</summary>
internal sealed partial class Stm32F1Adc
{
    private const int CalibrationClocks = 83;

    // Sampling times in half clocks, and the 12.5 clocks of the conversion.
    private static readonly int[] SampleHalfClocks = [3, 15, 27, 57, 83, 111, 143, 479];
    private const int ConversionHalfClocks = 25;

    private IDisposable? _regular;
    private IDisposable? _injected;
    private IDisposable? _calibration;

    private void StartCalibration()
    {
        _calibration?.Dispose();
        _calibration = After(2 * CalibrationClocks, () =>
        {
            _calibration = null;
            _control2.Value &= ~(Calibrate | ResetCalibration);
        });
    }

    private void StartRegular()
    {
        _control2.Value &= ~RegularStart;
        _status.Value |= RegularStarted;
        _regular?.Dispose();
        Convert(0);
    }

    /// <summary>Converts one place of the regular sequence and goes on as the mode says.</summary>
    private void Convert(int place)
    {
        var channel = (int)((_sequence[2 - (place / 6)].Value >> (5 * (place % 6))) & 0x1F);
        _regular = After(HalfClocksOf(channel), () =>
        {
            _regular = null;
            var value = Measure(channel);
            _data.Value = value;
            var length = _control1.Has(Scan) ? (int)((_sequence[0].Value >> 20) & 0xF) + 1 : 1;
            var isLast = place + 1 >= length;

            // With DMA each conversion of a scan is taken, without it only the end of the whole is told.
            if (isLast || _control2.Has(UseDma))
            {
                _status.Value |= EndOfConversion;
            }

            Update();
            if (!isLast)
            {
                Convert(place + 1);
            }
            else if (_control2.Has(Continuous))
            {
                Convert(0);
            }
        });
    }

    private void StartInjected()
    {
        _control2.Value &= ~InjectedStart;
        _status.Value |= InjectedStarted;
        _injected?.Dispose();
        var length = _control1.Has(Scan) ? (int)(_injectedSequence.Value >> 20) + 1 : 1;
        var halfClocks = 0;
        for (var place = 0; place < length; place++)
        {
            halfClocks += HalfClocksOf(InjectedChannel(place, length));
        }

        _injected = After(halfClocks, () =>
        {
            _injected = null;
            for (var place = 0; place < length; place++)
            {
                _injectedData[place].Value = Measure(InjectedChannel(place, length));
            }

            _status.Value |= InjectedEnd | EndOfConversion;
            Update();
        });
    }

    /// <summary>A short injected sequence sits at the end of JSQR (RM0008 section 11.12.12).</summary>
    private int InjectedChannel(int place, int length) => (int)((_injectedSequence.Value >> (5 * (4 - length + place))) & 0x1F);

    private uint Measure(int channel)
    {
        var value = _inputs.Convert(channel, _control2.Has(InternalChannels));
        const uint watchdogEnable = 1 << 23;
        const uint watchdogSingle = 1 << 9;
        var watched = _control1.Has(watchdogEnable) && (!_control1.Has(watchdogSingle) || (_control1.Value & 0x1F) == channel);
        if (watched && (value > _high.Value || value < _low.Value))
        {
            _status.Value |= WatchdogEvent;
        }

        return _control2.Has(AlignLeft) ? value << 4 : value;
    }

    private int HalfClocksOf(int channel)
    {
        var code = channel < 10 ? _sampleTimes[0].Value >> (3 * channel) : _sampleTimes[1].Value >> (3 * Math.Min(channel - 10, 7));
        return SampleHalfClocks[code & 7] + ConversionHalfClocks;
    }

    private IDisposable After(int halfClocks, Action action) =>
        _timeline.Schedule(_timeline.Now + (halfClocks * (BenchTime.Second / 2 / _clock())), action);

    private void StopConversions()
    {
        _regular?.Dispose();
        _injected?.Dispose();
        _calibration?.Dispose();
        _regular = null;
        _injected = null;
        _calibration = null;
    }
}
