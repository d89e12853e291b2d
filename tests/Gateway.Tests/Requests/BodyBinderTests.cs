using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Requests;

public sealed class BodyBinderTests
{
    [Fact]
    public void A_body_becomes_its_type()
    {
        var body = Bind<TenantBody>("""{"id":"acme","testClock":{"now":"2012-06-01T02:00:00+02:00"},"grace":"PT90M","acceptanceWindow":"P35D"}""");
        Assert.Equal(("acme", Instant.FromUtc(2012, 6, 1, 0, 0)), (body.Id, body.TestClock!.Now));
        Assert.Equal((TimeSpan.FromMinutes(90), TimeSpan.FromDays(35)), (body.Grace, body.AcceptanceWindow));
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_its_pointer()
    {
        var errors = Faults<TenantBody>("""{"name":5,"testClock":{"now":"yesterday","zone":"x"},"grace":"P1M","extra":{}}""");
        Assert.Equal(
            [
                ("/name", "json.type"), ("/testClock/now", "json.value"), ("/testClock/zone", "json.unknown_property"),
                ("/grace", "json.value"), ("/extra", "json.unknown_property"), ("/id", "json.required"),
            ],
            errors.Select(error => (error.Pointer!, error.Code)));
    }

    [Fact]
    public void A_field_that_may_be_null_must_still_be_there()
    {
        Assert.Equal("/subscription", Assert.Single(Faults<AssignmentBody>("""{"from":"2012-06-01T00:00:00Z"}""")).Pointer);
        Assert.Null(Bind<AssignmentBody>("""{"subscription":null,"from":"2012-06-01T00:00:00Z"}""").Subscription);
    }

    [Fact]
    public void A_field_that_may_not_be_null_is_required() =>
        Assert.Equal("json.required", Assert.Single(Faults<CustomerBody>("""{"id":"c","name":null,"currency":"EUR"}""")).Code);

    [Theory]
    [InlineData("\"12.50\"", "12.5")]
    [InlineData("12.50", "12.5")]
    [InlineData("\"0\"", "0")]
    public void Decimals_are_strings_or_numbers(string json, string expected) =>
        Assert.Equal(expected, Bind<RegisterResetBody>($$"""{"meter":"m","at":"2012-06-01T00:00:00Z","startReading":{{json}}}""")
            .StartReading.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("\"1,5\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e99")]
    [InlineData("true")]
    public void What_is_no_decimal_is_refused(string json) => Assert.Single(
        Faults<RegisterResetBody>($$"""{"meter":"m","at":"2012-06-01T00:00:00Z","startReading":{{json}}}"""));

    [Fact]
    public void Lists_name_the_entry_at_fault() => Assert.Equal("/address/1",
        Assert.Single(Faults<CustomerBody>("""{"id":"c","name":"n","currency":"EUR","address":["a",5]}""")).Pointer);

    [Fact]
    public void Lists_have_a_longest_length() => Assert.Equal("/address", Assert.Single(Faults<CustomerBody>(
        """{"id":"c","name":"n","currency":"EUR","address":["1","2","3","4","5","6","7","8","9","10","11"]}""")).Pointer);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    public void A_body_is_an_object(string json) => Assert.Equal("", Assert.Single(Faults<CustomerBody>(json)).Pointer);

    [Fact]
    public void Names_in_pointers_are_escaped() =>
        Assert.Equal("/a~1b~0", Assert.Single(Faults<AuditBody>("""{"a/b~":1}""")).Pointer);

    [Fact]
    public void A_property_given_twice_is_refused() =>
        Assert.Equal("json.duplicate_property", Assert.Single(Faults<AuditBody>("""{"customer":"a","customer":"b"}""")).Code);

    private static T Bind<T>(string json) where T : class
    {
        var errors = new List<ProblemError>();
        var value = BodyBinder.Bind(typeof(T), JsonDocument.Parse(json).RootElement, "", errors);
        Assert.Empty(errors);
        return (T)value!;
    }

    private static List<ProblemError> Faults<T>(string json)
    {
        var errors = new List<ProblemError>();
        BodyBinder.Bind(typeof(T), JsonDocument.Parse(json).RootElement, "", errors);
        Assert.NotEmpty(errors);
        return errors;
    }
}
