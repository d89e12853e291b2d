namespace OrleansBilling.Silo.Commands.Import.Sending;

/// <summary>An event on its way: its JSON, and where it came from.</summary>
/// <param name="Sequence">Position in the order of sending, from 0; the same in every run over the same files.</param>
/// <param name="Ticks">Time of use, 100 ns since the Unix epoch.</param>
/// <param name="Lane">Hash of the device; equal devices have equal ones.</param>
/// <param name="Json">The event's JSON.</param>
/// <param name="File">Index of its file.</param>
/// <param name="Line">Line in the file.</param>
/// <param name="Raw">The row as it stands; null where it is read again when needed.</param>
internal readonly record struct OutgoingEvent(
    long Sequence, long Ticks, uint Lane, ReadOnlyMemory<byte> Json, int File, long Line, string? Raw);
