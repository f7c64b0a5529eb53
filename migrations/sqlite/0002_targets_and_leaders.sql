ALTER TABLE `milestones` ADD `by` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `targets` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `leaders` text DEFAULT '[]' NOT NULL;