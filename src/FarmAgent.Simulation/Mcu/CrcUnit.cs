using FarmAgent.Simulation.Bench;
using FarmAgent.Simulation.Bus;

namespace FarmAgent.Simulation.Mcu;

/// <summary>CRC calculation unit (RM0008 section 4): words, most significant bit first, polynomial 0x04C11DB7, start 0xFFFFFFFF.</summary>
internal sealed class CrcUnit : GatedPeripheral
{
    private const uint Polynomial = 0x04C1_1DB7;
    private const uint StartValue = 0xFFFF_FFFF;

    private readonly Register _data;

    public CrcUnit(NoticeBoard notices)
        : base("CRC", notices)
    {
        _data = Map.Define("DR", 0x00, StartValue).Field("DR", 0, 32, FieldAccess.ReadOnly);
        _data.OnWrite((_, written) => _data.Value = Next(_data.Value, written));
        Map.Define("IDR", 0x04).Field("IDR", 0, 8);
        Map.Define("CR", 0x08).Field("RESET", 0, access: FieldAccess.WriteOnly).OnWrite((_, written) =>
        {
            if ((written & 1) != 0)
            {
                _data.Value = StartValue;
            }
        });
    }

    private static uint Next(uint crc, uint word)
    {
        crc ^= word;
        for (var bit = 0; bit < 32; bit++)
        {
            crc = (crc & 0x8000_0000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
        }

        return crc;
    }
}
