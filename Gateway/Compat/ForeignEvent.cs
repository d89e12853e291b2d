using System.Text.Json;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>An event as another product's client sends it.</summary>
/// <param name="Id">Identifies it, with <paramref name="Source"/>.</param>
/// <param name="Source">Where it comes from; null when the id is enough.</param>
/// <param name="Type">What the meters are found by.</param>
/// <param name="Device">The device that used something.</param>
/// <param name="UnixTicks">When, in ticks of 100 ns since the Unix epoch.</param>
/// <param name="Data">The object with figures and dimensions; undefined without one.</param>
internal sealed record ForeignEvent(string Id, string? Source, string Type, string Device, long UnixTicks, JsonElement Data)
{
    /// <summary>JSON pointer of the event's value and dimensions.</summary>
    public string DataPointer { get; init; } = "/data";
}

/// <summary>What is wrong with one event, and where.</summary>
internal sealed record ForeignFault(EventFault Fault, string Pointer);
