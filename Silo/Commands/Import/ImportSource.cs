using OrleansBilling.Silo.Commands.Import.Maps;
using OrleansBilling.Silo.Commands.Import.Rows;
using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>
/// Reads and maps the files, keeps the accounts of the rows, and hands out events in the order of sending.
/// </summary>
internal sealed class ImportSource(
    ImportOptions options, ImportCounters counters, RejectsFile rejects, long resumeAt = 0)
{
    private readonly OrdinalCounter _ordinals = new();

    /// <summary>The mapped events in the order of the files, with where they came from.</summary>
    public IEnumerable<(MappedEvent Usage, int File, long Line, string Raw)> Mapped()
    {
        counters.Bytes = options.Files.Sum(file => new FileInfo(file).Length);
        var before = 0L;
        var events = new List<MappedEvent>();
        for (var index = 0; index < options.Files.Count; index++)
        {
            var map = RowMapper.ForFile(options.Map, options.Files[index]);
            using var file = SourceFile.Open(options.Files[index], RowMapper.Format(map, options.Files[index]));
            var mapper = RowMapper.Bind(map, file, _ordinals);
            while (file.Read() is { } row)
            {
                events.Clear();
                Count(mapper.Map(row, events), row, file.Path);
                counters.BytesRead = before + file.Position;
                foreach (var usage in events)
                {
                    yield return (usage, index, row.Line, row.Raw);
                }
            }

            before += file.Length;
        }

        counters.BytesRead = counters.Bytes;
    }

    /// <summary>The events to send, numbered.</summary>
    public IEnumerable<OutgoingEvent> Outgoing() => options.Sort ? Sorted() : Streamed();

    /// <summary>Looks up rows by file and line; reads the files once more, only as far as needed.</summary>
    public IEnumerable<(int File, long Line, string Raw)> FindRows(ILookup<int, long> wanted)
    {
        foreach (var group in wanted)
        {
            var lines = group.ToHashSet();
            var path = options.Files[group.Key];
            using var file = SourceFile.Open(path, RowMapper.Format(RowMapper.ForFile(options.Map, path), path));
            while (lines.Count > 0 && file.Read() is { } row)
            {
                if (lines.Remove(row.Line))
                {
                    yield return (group.Key, row.Line, row.Raw);
                }
            }
        }
    }

    private IEnumerable<OutgoingEvent> Streamed()
    {
        using var json = new EventJson();
        var sequence = 0L;
        foreach (var (usage, file, line, raw) in Mapped())
        {
            counters.Events++;
            yield return new(
                sequence++, usage.Time.ToUnixTimeTicks(), Lane(usage.Device), json.Write(usage).ToArray(), file, line,
                    raw);
        }
    }

    private IEnumerable<OutgoingEvent> Sorted()
    {
        var buffer = new SortBuffer();
        using (var json = new EventJson())
        {
            foreach (var (usage, file, line, _) in Mapped())
            {
                counters.Events++;
                buffer.Add(usage.Time.ToUnixTimeTicks(), Lane(usage.Device), json.Write(usage), file, line);
            }
        }

        return buffer.InOrder();
    }

    private void Count(RowOutcome outcome, SourceRow row, string path)
    {
        counters.Rows++;
        switch (outcome.Kind)
        {
            case RowKind.Emitted:
                counters.RowsEmitted++;
                break;
            case RowKind.Skipped:
                counters.Skip(outcome.Reason!);
                break;
            default:
                counters.Reject(outcome.Reason!);
                if (!IsWrittenAlready())
                {
                    rejects.Add(path, row.Line, outcome.Reason!, row.Raw);
                }

                break;
        }
    }

    /// <summary>
    /// An unfinished run wrote the rejects of the rows it read: all when it sorted, else those it was past.
    /// </summary>
    private bool IsWrittenAlready() => resumeAt > 0 && (options.Sort || counters.Events < resumeAt);

    /// <summary>FNV-1a: the same in every run.</summary>
    private static uint Lane(string device)
    {
        var hash = 2_166_136_261u;
        foreach (var c in device)
        {
            hash = unchecked((hash ^ c) * 16_777_619u);
        }

        return hash;
    }
}
