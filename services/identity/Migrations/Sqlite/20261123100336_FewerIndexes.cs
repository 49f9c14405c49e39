using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGenius.Identity.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds");

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds",
                columns: new[] { "kind", "shard" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_feeds_kind_shard",
                table: "feeds");

            migrationBuilder.CreateIndex(
                name: "IX_feeds_kind_shard_head",
                table: "feeds",
                columns: new[] { "kind", "shard", "head" });
        }
    }
}
