using System.Globalization;
using System.Text;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>Makes usage as CSV, and breaks it: columns, cells, quotes, lines, bytes.</summary>
internal sealed class FuzzCsv(FuzzIds ids, FuzzValues values, FuzzBreaker breaker, Random random)
{
    public const string MediaType = "text/csv";

    private static readonly string[] Needed = ["id", "device", "meter", "time", "value"];
    private static readonly string[] More = ["unit", "session", "phase", "operation", "source", "dimension.site", "identifier.kind", "colour", "id"];

    public byte[] Make(bool broken)
    {
        var columns = Columns(broken);
        var (text, end) = (new StringBuilder(random.Next(5) == 0 ? "\uFEFF" : ""), random.Next(2) == 0 ? "\n" : "\r\n");
        text.Append(string.Join(',', columns)).Append(end);
        for (var row = random.Next(6); row > 0; row--)
        {
            var cells = columns.Select(column => broken && random.Next(8) == 0 ? OddCell() : Cell(column)).ToList();
            if (broken && random.Next(8) == 0)
            {
                cells.RemoveAt(random.Next(cells.Count));
            }
            text.Append(string.Join(broken && random.Next(20) == 0 ? ';' : ',', cells)).Append(end);
        }
        return broken ? Form(text.ToString()) : Encoding.UTF8.GetBytes(text.ToString());
    }

    private List<string> Columns(bool broken)
    {
        List<string> columns = [.. Needed.OrderBy(_ => random.Next())];
        if (random.Next(3) == 0)
        {
            columns.Add("unit");
        }
        if (broken && random.Next(4) == 0)
        {
            columns[random.Next(columns.Count)] = random.Next(2) == 0 ? More[random.Next(More.Length)] : breaker.Text();
        }
        if (broken && random.Next(4) == 0)
        {
            columns.Add(More[random.Next(More.Length)]);
        }
        return columns;
    }

    private string Cell(string column) => column switch
    {
        "id" => random.Next(3) == 0 ? $"csv-{random.Next(300)}" : ids.Of("event", random)!,
        "device" => ids.Of("device", random)!,
        "meter" => ids.Of("meter", random)!,
        "time" => values.Time(),
        "value" => (random.Next(1000) / 8m).ToString(CultureInfo.InvariantCulture),
        "unit" => random.Next(2) == 0 ? "" : "Wh",
        _ => "",
    };

    private string OddCell() => random.Next(4) switch
    {
        0 => "\"" + breaker.Text(),
        1 => "\"a\"b\"",
        2 => "\"" + breaker.Text().Replace("\"", "\"\"", StringComparison.Ordinal) + "\n\"",
        _ => breaker.Text(),
    };

    private byte[] Form(string text) => random.Next(8) switch
    {
        0 => Encoding.Unicode.GetBytes(text),
        1 => [.. Encoding.UTF8.GetBytes(text), 0xFF, 0xC3],
        2 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]),
        3 => Encoding.UTF8.GetBytes(text + new string('x', random.Next(60_000, 80_000))),
        4 => Encoding.UTF8.GetBytes(text + string.Concat(Enumerable.Repeat("\n", random.Next(1, 20_000)))),
        5 => Encoding.UTF8.GetBytes(text + string.Concat(Enumerable.Repeat("a,b\n", random.Next(9_990, 10_010)))),
        _ => Encoding.UTF8.GetBytes(text),
    };
}
