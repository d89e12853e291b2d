using System.Text;
using NodaTime;
using OrleansBilling.Documents.Csv;
using Xunit;

namespace OrleansBilling.Documents.Tests;

public sealed class CsvTests
{
    private static readonly DeviceUsage Row = new(
        "1", "meter-7", "Boiler room", "site=Oslo", "energy", "kwh", Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0),
        1234.5000m, "KWH", 744, 308.625m);

    [Fact]
    public async Task Rows_follow_the_header_with_numbers_for_machines() => Assert.Equal(
        UsageCsv.Header + "1,meter-7,Boiler room,site=Oslo,energy,kwh,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,1234.5,KWH,744,308.625,EUR\r\n",
        await WriteAsync(Row));

    [Fact]
    public async Task Commas_quotes_and_line_ends_stay_in_their_field() => Assert.Contains(
        ",\"a \"\"b\"\", c\r\nd\",", await WriteAsync(Row with { DeviceName = "a \"b\", c\r\nd" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("＝1")]
    public async Task A_name_is_never_a_formula(string name) => Assert.Contains(
        $",'{name},", await WriteAsync(Row with { DeviceName = name }), StringComparison.Ordinal);

    [Fact]
    public async Task A_negative_quantity_stays_a_number() => Assert.Contains(
        ",-3.5,KWH,744,,\r\n", await WriteAsync(Row with { Quantity = -3.5m, Amount = null }), StringComparison.Ordinal);

    private static async Task<string> WriteAsync(params DeviceUsage[] rows)
    {
        using var stream = new MemoryStream();
        await UsageCsv.WriteAsync(rows.ToAsyncEnumerable(), "EUR", stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
